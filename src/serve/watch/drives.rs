//! Drives on which the system does not tell of all changes, known by the kind of file system.

use std::path::{Path, PathBuf};

use super::{FOLDERS, Why};
use crate::source::disk;

/// Kinds of file systems whose files others change without this system being told: on servers, or on
/// the host of a virtual machine. `fuse.` stands for all of that kind.
const FOREIGN: [&str; 20] = [
    "9p",
    "acfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// What is mounted through FUSE, but changes only through its mount.
const FUSE_HERE: [&str; 6] = ["fuse-overlayfs", "bindfs", "encfs", "gocryptfs", "mergerfs", "ntfs-3g"];

/// Why a portal at a real path has to be polled; `None` where the system tells of changes.
pub(super) fn why(root: &Path) -> Option<Why> {
    if cfg!(windows) {
        // Real paths on servers, and on Linux seen from Windows, begin `\\?\UNC\`; mapped letters are resolved.
        return root.to_string_lossy().starts_with(r"\\?\UNC\").then_some(Why::NetworkDrive);
    }
    if !cfg!(target_os = "linux") {
        return None;
    }
    let table = disk::read(Path::new("/proc/self/mountinfo")).ok()?;
    let table = String::from_utf8_lossy(&table);
    let mounts: Vec<Mount> = table.lines().filter_map(Mount::parse).collect();
    let places = FOLDERS.iter().map(|folder| root.join(folder)).chain([root.to_owned()]);
    places.filter_map(|place| disk::real_path(&place).ok()).find_map(|place| why_among(&mounts, &place))
}

/// The same for one place, by the table of mounts.
fn why_among(mounts: &[Mount], place: &Path) -> Option<Why> {
    // The last of those at the same point covers the others.
    let over = mounts.iter().filter(|mount| place.starts_with(&mount.point));
    over.max_by_key(|mount| mount.point.components().count())?.why()
}

/// A line of the table of mounts.
struct Mount<'a> {
    point: PathBuf,
    kind: &'a str,
    /// Where it comes from, and its options.
    rest: &'a str,
}

impl<'a> Mount<'a> {
    /// Reads a line such as `36 35 98:0 /below /point rw shared:1 - ext4 /dev/sda1 rw` (proc(5)).
    fn parse(line: &'a str) -> Option<Self> {
        let (before, after) = line.split_once(" - ")?;
        let point = PathBuf::from(unescape(before.split(' ').nth(4)?));
        let (kind, rest) = after.split_once(' ')?;
        Some(Self { point, kind, rest })
    }

    fn why(&self) -> Option<Why> {
        if self.kind == "drvfs" || (self.kind == "9p" && self.rest.contains("drvfs")) {
            return Some(Why::WindowsDrive);
        }
        let foreign = match self.kind.strip_prefix("fuse.") {
            Some(program) => !FUSE_HERE.contains(&program),
            None => FOREIGN.contains(&self.kind),
        };
        foreign.then_some(Why::NetworkDrive)
    }
}

/// The path as the table of mounts writes it: blanks, tabs, line breaks and backslashes in octal.
fn unescape(text: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    escapes.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as they are on Linux and in both versions of Windows' subsystem.
    const TABLE: &str = r"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /home/lan/chia\040se rw - cifs //server/share rw,vers=3.0
31 22 0:27 / /srv rw - nfs4 server:/srv rw
32 31 8:2 / /srv/local rw - ext4 /dev/sdb1 rw
33 22 0:28 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs;path=C:\;uid=1000
34 22 0:29 / /mnt/d rw - drvfs D: rw
35 22 0:30 / /mnt/vm rw - 9p share rw,trans=virtio
36 22 0:31 / /mnt/ssh rw - fuse.sshfs lan@server:/ rw
37 22 0:32 / /mnt/layers rw - fuse.fuse-overlayfs overlay rw
38 22 8:3 / /mnt/usb rw - fuseblk /dev/sdc1 rw
39 22 8:4 / /mnt/twice rw - nfs server:/a rw
40 39 8:5 / /mnt/twice rw - ext4 /dev/sdd1 rw
a line of another kind";

    #[test]
    fn the_deepest_mount_decides() {
        let mounts: Vec<Mount> = TABLE.lines().filter_map(Mount::parse).collect();
        let why = |place: &str| why_among(&mounts, Path::new(place));
        for here in ["/", "/home/lan/portal", "/srv/local/a", "/mnt/layers/a", "/mnt/usb/a", "/mnt/twice/a", "/srvs"] {
            assert_eq!(why(here), None, "{here}");
        }
        for there in ["/home/lan/chia se/portal", "/srv", "/srv/localised", "/mnt/vm/a", "/mnt/ssh/a"] {
            assert_eq!(why(there), Some(Why::NetworkDrive), "{there}");
        }
        for windows in ["/mnt/c/Users/Lan", "/mnt/d"] {
            assert_eq!(why(windows), Some(Why::WindowsDrive), "{windows}");
        }
    }
}

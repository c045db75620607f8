"""Preview servers under measurement: started, asked, watched and always ended by their own process id."""

import http.client
import os
import shutil
import socket
import subprocess
import time

import peers  # noqa: F401 (finds the modules of ../peers)
import sites
from edits import Documents, Template
from measure import Failed

HOST = "127.0.0.1"
PAUSE = 0.0005  # seconds between two questions, so that asking leaves the server its processors
STARTED_WITHIN = 600  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def end(process):
    """Ends a process that was started here, by force where it does not end by itself."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Congso(sites.Congso):
    """The corpus as a portal of congso with the equal theme."""

    name = "congso"

    def __init__(self, work, count, program):
        super().__init__(work, count, program)
        self.theme("peers")
        self.documents = Documents(self.folder, {"decisions": "issued", "events": "start"})
        self.template = Template(os.path.join(self.folder, "themes", "peers", "templates", "base.html"))

    def serve(self, port):
        return [self.program, "serve", "--root", self.folder, "--port", str(port), "--ui-lang", "en"]


class Hugo(sites.Hugo):
    """The corpus as a site of Hugo; its server in its default mode, everything in memory."""

    name = "hugo"

    def __init__(self, work, count, program):
        super().__init__(work, count, program)
        self.documents = Documents(self.folder, {})
        self.template = Template(os.path.join(self.folder, "layouts", "baseof.html"))

    def serve(self, port):
        return [self.program, "server", "--bind", HOST, "--port", str(port), "--renderToMemory"]


SITES = {"congso": Congso, "hugo": Hugo}


class Server:
    """One running preview of a site. `with Server(site) as server:` waits for nothing but the process."""

    def __init__(self, site):
        self.site, self.port = site, free_port()
        self.origin = f"http://{HOST}:{self.port}"
        self.connection = None

    def __enter__(self):
        self.started = time.perf_counter()
        with open(self.site.log, "wb") as sink:
            self.process = subprocess.Popen(self.site.serve(self.port), cwd=self.site.folder, env=self.site.environment,
                                            stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        return self

    def __exit__(self, *_):
        self.hang_up()
        end(self.process)

    def hang_up(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def get(self, address, within):
        """Asks for a page over the connection that is kept: status and bytes; (0, b"") without an answer."""
        try:
            if not self.connection:
                self.connection = http.client.HTTPConnection(HOST, self.port, timeout=within)
                self.connection.connect()
            self.connection.sock.settimeout(max(within, 0.01))
            self.connection.request("GET", address)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.will_close:
                self.hang_up()
            return answer.status, body
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, b""

    def shows(self, address, words, since, within):
        """Asks until a page holds the words: seconds since `since`, or None where `within` seconds have passed."""
        wanted = words.encode()
        while (left := since + within - time.perf_counter()) > 0:
            status, body = self.get(address, left)
            if status == 200 and wanted in body:
                return time.perf_counter() - since
            if self.process.poll() is not None:
                raise Failed(f"{self.site.name} has ended with {self.process.returncode}:\n{self.said()}")
            time.sleep(PAUSE)
        return None

    def first_page(self, document, within=STARTED_WITHIN):
        """Waits for the first right page after the start: seconds since the start of the process."""
        seconds = self.shows(document.address, document.needle, self.started, within)
        if seconds is None:
            status, _ = self.get(document.address, 5)
            raise Failed(f"{self.site.name} does not show {document.address} (status {status}):\n{self.said()}")
        return seconds

    def said(self):
        """The end of what the program has written."""
        with open(self.site.log, encoding="utf-8", errors="replace") as file:
            return file.read()[-2000:]

    def busy(self):
        """The processor time used so far, in clock ticks; None where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            return None
        return int(fields[11]) + int(fields[12])

    def memory(self):
        """The resident memory in MB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024 / 1e6
        raise Failed(f"the system does not tell the memory of {self.site.name}")


def settle(servers, quiet, within=60):
    """Waits until no server has worked for `quiet` seconds, so that no run stands in the way of the next."""
    end = time.perf_counter() + within
    before = [server.busy() for server in servers]
    while True:
        time.sleep(quiet)
        now = [server.busy() for server in servers]
        # One tick (10 ms) is what timers and garbage collectors take by themselves.
        if all(a is None or b is None or b - a <= 1 for a, b in zip(before, now)) or time.perf_counter() > end:
            return
        before = now


def make(names, work, count, programs):
    """The sites of some programs with `count` documents."""
    return [SITES[name](work, count, programs[name]) for name in names]


def need_proc():
    """Holds that the system tells the memory of a process. Raises `Failed`."""
    if not os.path.isdir("/proc/self"):
        raise Failed("the series `memory` needs /proc; leave it out with --only")


def need_node(browser):
    """Holds that the browser's driver can start. Raises `Failed`."""
    if not shutil.which("node") or not os.path.isdir(os.path.join(browser, "node_modules", "playwright-core")):
        raise Failed("the series `screen` needs node, and `npm ci` in tests/browser; leave it out with --only")

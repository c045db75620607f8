"""The series of measurements: what is saved, in which order, and what is waited for."""

import os
import random
import sys
import time
from contextlib import ExitStack

import servers as running
from edits import SECTION, mark
from measure import Failed, timed
from peers import REPOSITORY
from screen import Screen
from servers import Server, make, settle

NAMES = ("body", "title", "template", "screen", "start", "growth", "memory")
PAGED = ("body", "title", "template", "screen")  # these share two servers
FIRST_PAGE = 10  # so many of the newest documents stand on the first page of a list for sure
OPENED_WITHIN = 60  # seconds
FEW = 10  # edits after which the memory is looked at first


def clock():
    return time.perf_counter()


class Bench:
    """The programs by name, the work folder, and the options of the run."""

    def __init__(self, work, programs, given):
        self.work, self.programs, self.given = work, programs, given
        self.random = random.Random("saves")

    def check(self):
        """Holds that everything a series needs is there, before minutes are spent. Raises `Failed`."""
        if "screen" in self.given.only:
            running.need_node(os.path.join(REPOSITORY, "tests", "browser"))
        if "memory" in self.given.only and "congso" in self.programs:
            running.need_proc()

    @staticmethod
    def note(label, number, seconds, more=""):
        """Says on the way what was measured."""
        said = "timed out" if seconds is None else f"{seconds * 1000:.1f} ms"
        print(f"# {label} {number + 1}: {said}{more}", file=sys.stderr, flush=True)

    def saved(self, server, everyone, address, save, word):
        """Opens a page, waits for quiet, saves; seconds until the page shows the word, or None."""
        settle(everyone, self.given.quiet)  # a save that was given up may still keep a server busy
        # A server may have closed a connection that had nothing to ask for so long.
        server.hang_up()
        status, body = server.get(address, OPENED_WITHIN)
        if status != 200 or word.encode() in body:
            raise Failed(f"{server.site.name} answers {address} with {status} before the save:\n{server.said()}")
        settle(everyone, self.given.quiet)
        start = clock()
        save(word)
        return server.shows(address, word, start, self.given.limit)

    def paged(self):
        """The series that save something and look at a page: programs take turns on one corpus."""
        results = {}
        sites = make(self.programs, self.work, self.given.docs, self.programs)
        with ExitStack() as stack:
            servers = [stack.enter_context(Server(site)) for site in sites]
            for server in servers:
                server.first_page(server.site.documents.get(server.site.documents.names[0]))
            for name in PAGED:
                if name in self.given.only:
                    results[name] = getattr(self, name)(servers)
        for site in sites:
            site.remove()
        return results

    def turns(self, label, servers, one):
        """Runs `one(server, choice)` for each server by turns; `choice` is a random number of the turn."""
        runs = {server.site.name: [] for server in servers}
        for number in range(self.given.times):
            choice = self.random.random()
            for server in servers:
                seconds = one(server, choice)
                runs[server.site.name].append(seconds)
                self.note(f"{label} {server.site.name}", number, seconds)
        return {"runs": runs}

    @staticmethod
    def document(server, choice, names=None):
        """The document a random number stands for; the same for every program."""
        names = names or server.site.documents.names
        return server.site.documents.get(names[int(choice * len(names))])

    def body(self, servers):
        """A text is saved, its page is looked at."""
        def one(server, choice):
            document = self.document(server, choice)
            return self.saved(server, servers, document.address, document.save_body, mark("luotdo"))
        return self.turns("body", servers, one)

    def title(self, servers):
        """A title is saved, the first page of the section's list is looked at."""
        newest = servers[0].site.documents.newest(FIRST_PAGE)

        def one(server, choice):
            document = self.document(server, choice, newest)
            return self.saved(server, servers, f"/{SECTION}/", document.save_title, mark("luotdo"))
        return self.turns("title", servers, one)

    def template(self, servers):
        """The base template is saved, a page that is open is looked at."""
        def one(server, choice):
            document = self.document(server, choice)
            return self.saved(server, servers, document.address, server.site.template.save, mark("luotdo"))
        return self.turns("template", servers, one)

    def screen(self, servers):
        """A text is saved that stands in the middle of Chromium's window: until it is drawn, and whether it moved."""
        kept = {server.site.name: 0 for server in servers}
        with Screen(os.path.join(self.work, "screen.log")) as screen:
            def one(server, choice):
                document = self.document(server, choice)
                scroll = screen.open(server.origin + document.address, document.needle)
                settle(servers, self.given.quiet)
                word, start = mark("manhinh"), time.time()
                document.save_body(word)
                seen = screen.see(word, self.given.limit)
                kept[server.site.name] += seen["shown"] and abs(seen["scroll"] - scroll) <= 1
                return None if seen["at"] is None else seen["at"] / 1000 - start
            return {**self.turns("screen", servers, one), "kept": kept}

    def start(self):
        """From the start of the process to the first right page: without caches, and for congso with them."""
        sites = make(self.programs, self.work, self.given.docs, self.programs)
        runs = {}
        for number in range(self.given.times):
            choice = self.random.random()
            for site in sites:
                site.clean()
                for label in ("cold", "cached") if site.name == "congso" else ("cold",):
                    with Server(site) as server:
                        seconds = server.first_page(self.document(server, choice))
                        settle([server], self.given.quiet)
                    key = f"{site.name} {label}"
                    runs.setdefault(key, []).append(seconds)
                    self.note(f"start {key}", number, seconds)
                    if label == "cold" and site.name == "congso":
                        # The writer who comes back has built her portal before.
                        timed(site.command(), site.folder, site.log, site.environment)
        for site in sites:
            site.remove()
        return {"runs": runs}

    def growth(self):
        """A text is saved in a small and in a large portal of congso, in turns."""
        counts = (self.given.small, self.given.large)
        sites = [make(["congso"], self.work, count, self.programs)[0] for count in counts]
        runs = {str(count): [] for count in counts}
        with ExitStack() as stack:
            servers = [stack.enter_context(Server(site)) for site in sites]
            for server in servers:
                server.first_page(server.site.documents.get(server.site.documents.names[0]))
            for number in range(self.given.times):
                name = self.random.choice(sites[0].documents.names)  # a document of both
                for server in servers:
                    document = server.site.documents.get(name)
                    seconds = self.saved(server, servers, document.address, document.save_body, mark("luotdo"))
                    runs[str(server.site.count)].append(seconds)
                    self.note(f"body congso {server.site.count}", number, seconds)
        for site in sites:
            site.remove()
        return {"small": counts[0], "large": counts[1], "runs": runs}

    def memory(self):
        """The resident memory of congso after few and after many edits of texts and titles all over the portal."""
        site = make(["congso"], self.work, self.given.docs, self.programs)[0]
        found, late = {}, 0
        with Server(site) as server:
            server.first_page(site.documents.get(site.documents.names[0]))
            for number in range(1, self.given.edits + 1):
                document = self.document(server, self.random.random())
                word = mark("luotdo")
                start = clock()
                (document.save_title if self.random.random() < 0.3 else document.save_body)(word)
                late += server.shows(document.address, word, start, self.given.limit) is None
                if number in (FEW, self.given.edits) or number % 100 == 0:
                    settle([server], max(self.given.quiet, 1))
                    found[str(number)] = server.memory()
                    print(f"# memory after {number} edits: {found[str(number)]:.1f} MB", file=sys.stderr, flush=True)
        site.remove()
        return {"few": FEW, "many": self.given.edits, "megabytes": found, "late": late}

    def all(self):
        """Everything that was asked for and can be measured with the programs that are there."""
        self.check()
        results = self.paged() if set(PAGED) & set(self.given.only) else {}
        for name in NAMES:
            if name in self.given.only and name not in PAGED and (name == "start" or "congso" in self.programs):
                results[name] = getattr(self, name)()
        return results

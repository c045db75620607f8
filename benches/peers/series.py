"""The series of measurements: who is run, in which order, from which state."""

import os
import shutil
import sys

from measure import Failed, timed, tree
from sites import Congso, Hugo

NAMES = ("sizes", "growth", "latest", "again")


class Bench:
    """The programs, the work folder and how often everything is run."""

    def __init__(self, work, congso, hugo, runs):
        self.work, self.congso, self.hugo, self.runs = work, congso, hugo, runs

    def build(self, site, label):
        """One build, measured."""
        return self.note(site, label, timed(site.command(), site.folder, site.log, site.environment))

    @staticmethod
    def note(site, label, run):
        """Says on the way what was measured."""
        print(f"# {site.count} {label}: wall {run['wall']:.3f} user {run['user']:.2f} sys {run['sys']:.2f} "
              f"memory {run['memory']:.0f} load {run['load']:.1f}", file=sys.stderr, flush=True)
        return run

    def clean_build(self, site, label):
        """One build into an empty folder, without caches, measured."""
        site.clean()
        return self.build(site, label)

    def sizes(self, count):
        """Clean builds by Hugo, by congso with the equal theme and with its own, and the copy of an output."""
        portal, hugo = Congso(self.work, count, self.congso), Hugo(self.work, count, self.hugo)
        copy = os.path.join(self.work, "copy")
        runs = {"hugo": [], "congso": [], "default": [], "copy": []}
        outputs = {}
        for _ in range(self.runs):
            runs["hugo"].append(self.clean_build(hugo, "hugo"))
            outputs.setdefault("hugo", tree(hugo.public))
            hugo.clean()
            portal.theme("peers")
            runs["congso"].append(self.clean_build(portal, "congso"))
            outputs.setdefault("congso", tree(portal.public))
            command = ["cp", "-r", portal.public, copy]
            runs["copy"].append(self.note(portal, "copy", timed(command, self.work, portal.log)))
            shutil.rmtree(copy)
            portal.theme("default")
            runs["default"].append(self.clean_build(portal, "default theme"))
            outputs.setdefault("default", tree(portal.public))
            portal.clean()
        outputs["copy"] = outputs["congso"]
        portal.remove()
        hugo.remove()
        return {"docs": count, "runs": runs, "outputs": outputs}

    def growth(self, small, large):
        """Clean builds by congso of a corpus and of a larger one."""
        portals = {str(count): Congso(self.work, count, self.congso) for count in (small, large)}
        runs = {name: [] for name in portals}
        for portal in portals.values():
            portal.theme("peers")
        for _ in range(self.runs):
            for name, portal in portals.items():
                runs[name].append(self.clean_build(portal, "congso"))
                output = tree(portal.public)
                portal.clean()
        for portal in portals.values():
            portal.remove()
        return {"small": small, "large": large, "runs": runs, "output": output}

    def latest(self, count):
        """Clean builds without and with the newest and the related articles on every page."""
        portal = Congso(self.work, count, self.congso)
        runs = {"peers": [], "peers-latest": []}
        sizes = {}
        for _ in range(self.runs):
            for theme, done in runs.items():
                portal.theme(theme)
                done.append(self.clean_build(portal, theme))
                sizes[theme] = tree(portal.public)["html_bytes"]
        if sizes["peers-latest"] <= sizes["peers"]:
            raise Failed("the lists on every page are not there")
        portal.remove()
        return {"docs": count, "runs": runs}

    def again(self, count):
        """A clean build, one with nothing changed, a bare walk over the same files, one with a text edited."""
        portal = Congso(self.work, count, self.congso)
        portal.theme("peers")
        runs = {"clean": [], "same": [], "walk": [], "edited": []}
        for number in range(self.runs):
            runs["clean"].append(self.clean_build(portal, "clean"))
            before = tree(portal.public)
            runs["same"].append(self.build(portal, "nothing changed"))
            if tree(portal.public) != before:
                raise Failed("a build with nothing changed has changed the output")
            runs["walk"].append(self.note(portal, "walk", timed(portal.walk(), portal.folder, portal.log)))
            mark = f"Lần sửa thứ {number + 1} của bài này."
            portal.edit(mark)
            runs["edited"].append(self.build(portal, "one text edited"))
            portal.shows(mark)
        portal.remove()
        return {"docs": count, "runs": runs}

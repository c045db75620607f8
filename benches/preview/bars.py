"""The figures of the preview with their bars: medians of one run, for congso and beside it for Hugo."""

import math
import statistics
from dataclasses import dataclass

import peers  # noqa: F401 (finds the modules of ../peers)
from figures import pages

PROGRAMS = ("congso", "hugo")


@dataclass
class Figure:
    """One line of the table; names are in English and Vietnamese.

    `congso` and `hugo` are seconds, or without a unit where `ratio`; None was not measured, infinity took longer
    than was waited. `most` is the bar of congso, `faster` how many times faster than Hugo it has to be.
    `kept` says of how many runs, how many left the scroll position where it was.
    """

    names: dict
    congso: float | None
    hugo: float | None
    most: float
    faster: float | None = None
    ratio: bool = False
    kept: tuple | None = None

    def times(self):
        """How many times faster than Hugo; None where one of both was not measured or not waited for."""
        if self.congso is None or self.hugo is None or math.inf in (self.congso, self.hugo):
            return None
        return self.hugo / max(self.congso, 1e-6)

    def state(self):
        """`met`, `missed`, or `not measured`."""
        if self.congso is None or (self.faster is not None and self.hugo is None):
            return "not measured"
        # A Hugo that was not waited for is as slow as the wait, at least: then the bar of time alone decides.
        times = math.inf if self.hugo == math.inf else self.times()
        met = self.congso <= self.most and (self.faster is None or (times or 0) >= self.faster)
        return "met" if met and (not self.kept or self.kept[0] == self.kept[1]) else "missed"


def median(runs):
    """The middle value of some runs, a run that was not waited for taken as endless; None without runs."""
    return statistics.median(math.inf if run is None else run for run in runs) if runs else None


def both(results, name):
    """The medians of congso and of Hugo in a series."""
    runs = results[name]["runs"]
    return [median(runs.get(program)) for program in PROGRAMS]


def figures(results):
    """The figures of what was measured, in the order of the table."""
    found = []

    def add(name, en, vi, most, faster=None):
        if name in results:
            kept = results[name].get("kept", {}).get("congso")
            kept = None if kept is None else (kept, len(results[name]["runs"]["congso"]))
            found.append(Figure({"en": en, "vi": vi}, *both(results, name), most, faster, kept=kept))

    add("body", "save of a text → the changed page over HTTP",
        "lưu nội dung một bài → trang đã đổi qua HTTP", 0.060, 30)
    add("title", "save of a title → the section's list shows it",
        "lưu tiêu đề → danh sách của chuyên mục hiện tiêu đề mới", 0.120, 15)
    add("template", "save of the base template → the open page shows it",
        "lưu mẫu trang gốc → trang đang mở hiện đúng mẫu mới", 0.300)
    add("screen", "save → pixels changed in Chromium, scroll kept",
        "lưu → Chromium vẽ lại trang, giữ nguyên chỗ đang xem", 0.150)
    if "start" in results:
        runs = results["start"]["runs"]
        hugo = median(runs.get("hugo cold"))
        for label, en, vi, most in (("cold", "without a cache", "chưa có bộ nhớ đệm", 2),
                                    ("cached", "with a cache", "đã có bộ nhớ đệm", 0.7)):
            names = {"en": f"start → first right page, {en}", "vi": f"khởi động → trang đúng đầu tiên, {vi}"}
            found.append(Figure(names, median(runs.get(f"congso {label}")), hugo, most))
    if "growth" in results:
        growth = results["growth"]
        small, large = (pages(growth[size]) for size in ("small", "large"))
        few, many = (median(growth["runs"][str(growth[size])]) for size in ("small", "large"))
        found.append(Figure({"en": f"the first row at {large['en']} documents ÷ at {small['en']}",
                             "vi": f"dòng đầu với {large['vi']} văn bản ÷ với {small['vi']}"},
                            many / few if few != math.inf else math.inf, None, 3, ratio=True))
    if "memory" in results:
        memory = results["memory"]
        few, many = (pages(memory[count]) for count in ("few", "many"))
        value = memory["megabytes"][str(memory["many"])] / memory["megabytes"][str(memory["few"])]
        value = math.inf if memory["late"] else value  # edits that never showed make it worthless
        found.append(Figure({"en": f"memory after {many['en']} edits ÷ after {few['en']}",
                             "vi": f"bộ nhớ sau {many['vi']} lần sửa ÷ sau {few['vi']} lần"},
                            value, None, 1.05, ratio=True))
    return found


def missed(results):
    """A line for every bar that is missed, or could not be held."""
    return [f"{figure.state()}: {figure.names['en']}" for figure in figures(results) if figure.state() != "met"]

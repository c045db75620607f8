"""The figures the program is held to: each a ratio of medians out of one run, with its bar."""

import statistics
from dataclasses import dataclass

SAME_PAGES = 0.01  # by how much the numbers of HTML files may differ


@dataclass
class Figure:
    """One ratio; `bar` is the least it may be where `least`, else the most. Names are in English and Vietnamese."""

    names: dict
    value: float
    bar: float
    least: bool

    def met(self):
        return self.value >= self.bar if self.least else self.value <= self.bar


def median(runs, what):
    """The middle value of some runs: of `wall`, `user`, `memory`."""
    return statistics.median(run[what] for run in runs)


def best(runs, what):
    """The least value of some runs."""
    return min(run[what] for run in runs)


def ratio(above, below, what):
    """The ratio of two medians."""
    return median(above, what) / max(median(below, what), 1e-6)


def pages(number):
    """A number of documents in both languages."""
    return {"en": f"{number:,}", "vi": f"{number:,}".replace(",", ".")}


def same_pages(size):
    """By which part the numbers of HTML files of congso and Hugo differ."""
    ours, theirs = (size["outputs"][name]["html"] for name in ("congso", "hugo"))
    return abs(ours - theirs) / theirs


def of_sizes(sizes):
    """The figures of clean builds against Hugo and against copying, at the largest and the smallest size."""
    small, large = min(sizes, key=lambda s: s["docs"]), max(sizes, key=lambda s: s["docs"])
    runs, n = large["runs"], pages(large["docs"])

    def named(en, vi, of=n):
        return {"en": en.format(of["en"]), "vi": vi.format(of["vi"])}

    figures = [
        Figure(named("clean build of {} documents, wall time: Hugo / congso",
                     "dựng mới {} văn bản, thời gian thực: Hugo / congso"),
               ratio(runs["hugo"], runs["congso"], "wall"), 8, True),
        Figure(named("user CPU seconds: Hugo / congso", "giây CPU (user): Hugo / congso"),
               ratio(runs["hugo"], runs["congso"], "user"), 10, True),
        Figure(named("wall time: congso / `cp -r` of the same output", "thời gian thực: congso / `cp -r` chính kết quả ấy"),
               ratio(runs["congso"], runs["copy"], "wall"), 2.5, False),
        Figure(named("peak memory: Hugo / congso", "bộ nhớ cao nhất: Hugo / congso"),
               ratio(runs["hugo"], runs["congso"], "memory"), 6, True),
    ]
    if small is not large:
        figures.append(Figure(
            named("clean build of {} documents, wall time: Hugo / congso",
                  "dựng mới {} văn bản, thời gian thực: Hugo / congso", pages(small["docs"])),
            ratio(small["runs"]["hugo"], small["runs"]["congso"], "wall"), 6, True))
    figures.append(Figure(
        named("{} documents with the default theme, wall time: Hugo / congso",
              "{} văn bản với giao diện mặc định, thời gian thực: Hugo / congso"),
        ratio(runs["hugo"], runs["default"], "wall"), 5, True))
    return figures


def of_growth(growth):
    """How much more a document costs in a larger corpus."""
    small, large = growth["small"], growth["large"]
    few, many = (growth["runs"][str(count)] for count in (small, large))
    by_document = small / large

    def named(en, vi):
        a, b = pages(small), pages(large)
        return {"en": f"from {a['en']} to {b['en']} documents, {en} of each document: growth",
                "vi": f"từ {a['vi']} lên {b['vi']} văn bản, {vi} cho mỗi văn bản: mức tăng"}

    return [Figure(named("user CPU", "thời gian CPU (user)"), ratio(many, few, "user") * by_document, 1.3, False),
            Figure(named("peak memory", "bộ nhớ cao nhất"), ratio(many, few, "memory") * by_document, 1.15, False)]


def of_latest(latest):
    """What lists on every page cost."""
    return [Figure({"en": "the 5 newest and the related articles on every page, wall time: with / without",
                    "vi": "5 tin mới nhất và tin liên quan trên mọi trang, thời gian thực: có / không"},
                   ratio(latest["runs"]["peers-latest"], latest["runs"]["peers"], "wall"), 1.1, False)]


def of_again(again):
    """What building once more costs."""
    runs = again["runs"]
    return [Figure({"en": "second build, nothing changed: of a clean build's wall time",
                    "vi": "dựng lại khi không có gì đổi: so với thời gian dựng mới"},
                   ratio(runs["same"], runs["clean"], "wall"), 0.15, False),
            Figure({"en": "second build, nothing changed: of the time to walk and stat inputs and outputs",
                    "vi": "dựng lại khi không có gì đổi: so với thời gian chỉ duyệt qua các tệp vào và ra"},
                   ratio(runs["same"], runs["walk"], "wall"), 3, False),
            Figure({"en": "second build, one text edited: of a clean build's wall time",
                    "vi": "dựng lại khi sửa một bài: so với thời gian dựng mới"},
                   ratio(runs["edited"], runs["clean"], "wall"), 0.2, False)]


def figures(results):
    """All figures of what was measured."""
    found = of_sizes(results["sizes"]) if results.get("sizes") else []
    for name, of in (("growth", of_growth), ("latest", of_latest), ("again", of_again)):
        if results.get(name):
            found += of(results[name])
    return found


def missed(results):
    """A line for every bar that is missed."""
    lines = [f"missed: {f.names['en']} is {f.value:.2f}, bar: at {'least' if f.least else 'most'} {f.bar:g}"
             for f in figures(results) if not f.met()]
    for size in results.get("sizes", []):
        if same_pages(size) > SAME_PAGES:
            ours, theirs = (size["outputs"][name]["html"] for name in ("congso", "hugo"))
            lines.append(f"missed: {size['docs']} documents give {ours} HTML files with congso and {theirs} with Hugo")
    return lines

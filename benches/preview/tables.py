"""Prints what was measured: for the terminal, and as the table of the README."""

import math

from bars import figures, median
from report import Numbers, row

WORDS = {
    "en": {
        "heads": ["Figure", "congso", "Hugo", "Hugo / congso", "Bar"], "most": "at most {}", "faster": ", {}× faster",
        "over": "over {}", "kept": " ({} of {})", "tmpfs": ", everything in memory (tmpfs)",
        "note": "Medians of {times} saves by turns, {docs} documents, {programs}{where}; {processor}, {cores} cores, "
                "{system}; {date}.", "and": " and ",
    },
    "vi": {
        "heads": ["Chỉ số", "congso", "Hugo", "Hugo / congso", "Mốc"], "most": "nhiều nhất {}",
        "faster": ", nhanh hơn {} lần", "over": "hơn {}", "kept": " ({} trên {})",
        "tmpfs": ", mọi tệp nằm trong bộ nhớ (tmpfs)",
        "note": "Trung vị của {times} lần lưu xen kẽ, {docs} văn bản, {programs}{where}; {processor}, {cores} nhân, "
                "{system}; {date}.", "and": " và ",
    },
}


class Cells:
    """The cells of a line as a language writes them."""

    def __init__(self, lang, limit):
        self.words, self.numbers, self.limit = WORDS[lang], Numbers(lang), limit

    def seconds(self, value):
        if value == math.inf:
            return self.words["over"].format(self.seconds(self.limit))
        if value < 0.9995:
            return f"{self.numbers.number(value * 1000, 1 if value < 0.00995 else 0)} ms"
        return f"{self.numbers.number(value, 0 if value >= 59.95 else 2 if value < 9.995 else 1)} s"

    def value(self, figure, program):
        value = getattr(figure, program)
        if value is None:
            return ""
        if figure.ratio:
            return "∞" if value == math.inf else self.numbers.number(value, 2)
        kept = self.words["kept"].format(*figure.kept) if figure.kept and program == "congso" else ""
        return self.seconds(value) + kept

    def times(self, figure):
        times = figure.times()
        return "" if times is None else self.numbers.number(times, 1 if times < 100 else 0)

    def bar(self, figure):
        most = self.numbers.bar(figure.most)
        if not figure.ratio:
            most = f"{figure.most * 1000:g} ms" if figure.most < 1 else f"{most} s"
        faster = self.words["faster"].format(f"{figure.faster:g}") if figure.faster else ""
        return self.words["most"].format(most) + faster


def note(results, lang):
    """The line that says how the figures were made."""
    about, words = results["about"], WORDS[lang]
    return words["note"].format(**{
        **about, "docs": Numbers(lang).number(about["docs"]), "programs": words["and"].join(about["programs"]),
        "where": words["tmpfs"] if about["tmpfs"] else ""})


def markdown(results, lang):
    """The table of the README, with the line that says how it was made."""
    cells = Cells(lang, results["about"]["limit"])
    lines = [row(cells.words["heads"]), row(["---", *["---:"] * 3, "---"])]
    for figure in figures(results):
        name = figure.names[lang]
        lines.append(row([name[:1].upper() + name[1:], cells.value(figure, "congso"), cells.value(figure, "hugo"),
                          cells.times(figure), cells.bar(figure)]))
    return "\n".join([*lines, "", note(results, lang)])


def text(results):
    """Medians, bests and worsts of all runs, then the figures."""
    cells = Cells("en", results["about"]["limit"])
    lines = [f"{'':28} {'median':>10} {'best':>10} {'worst':>10} {'runs':>5} {'timed out':>10}"]
    for series, result in results.items():
        for name, runs in result.get("runs", {}).items():
            ends = [math.inf if run is None else run for run in runs]
            shown = [cells.seconds(value) for value in (median(runs), min(ends), max(ends))]
            kept = f"   scroll kept: {result['kept'][name]}" if "kept" in result else ""
            lines.append(f"{series + ' ' + name:28} " + " ".join(f"{cell:>10}" for cell in shown)
                         + f" {len(runs):5} {runs.count(None):10}{kept}")
    memory = results.get("memory")
    if memory:
        for count, megabytes in memory["megabytes"].items():
            lines.append(f"{'memory after ' + count:28} {megabytes:7.1f} MB")
        if memory["late"]:
            lines.append(f"{memory['late']} edits timed out")
    lines.append("")
    for figure in figures(results):
        values = [cells.value(figure, "congso"), cells.value(figure, "hugo"), cells.times(figure)]
        lines.append(f"{figure.names['en']:54} " + " ".join(f"{value or '-':>18}" for value in values)
                     + f"   {cells.bar(figure):28} {figure.state()}")
    return "\n".join([*lines, "", note(results, "en")])

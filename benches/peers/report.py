"""Prints what was measured: for the terminal, and as the tables of the README."""

from figures import best, figures, median, ratio

WORDS = {
    "en": {
        "documents": "Documents", "program": "Program", "html": "HTML files", "wall": "Wall time", "user": "User CPU",
        "memory": "Peak memory", "hugo": "Hugo / it", "copy": "it / copy", "figure": "Figure", "value": "Measured",
        "bar": "Bar", "least": "at least {}", "most": "at most {}",
        "programs": {"hugo": "Hugo", "congso": "**congso**", "default": "congso, default theme",
                     "copy": "`cp -r` of congso's output"},
        "note": "Medians of {runs} alternating runs of {congso} and {hugo}, everything in memory (tmpfs); "
                "{processor}, {cores} cores, {system}; {date}.",
    },
    "vi": {
        "documents": "Văn bản", "program": "Chương trình", "html": "Tệp HTML", "wall": "Thời gian thực",
        "user": "CPU (user)", "memory": "Bộ nhớ cao nhất", "hugo": "Hugo / nó", "copy": "nó / sao chép",
        "figure": "Chỉ số", "value": "Đo được", "bar": "Mốc", "least": "ít nhất {}", "most": "nhiều nhất {}",
        "programs": {"hugo": "Hugo", "congso": "**congso**", "default": "congso, giao diện mặc định",
                     "copy": "`cp -r` kết quả của congso"},
        "note": "Trung vị của {runs} lượt chạy xen kẽ {congso} và {hugo}, mọi tệp nằm trong bộ nhớ (tmpfs); "
                "{processor}, {cores} nhân, {system}; {date}.",
    },
}


class Numbers:
    """Numbers as a language writes them."""

    def __init__(self, lang):
        self.lang = lang

    def number(self, value, places=0):
        text = f"{value:,.{places}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.lang == "vi" else text

    def ratio(self, value):
        return self.number(value, 1 if value >= 10 else 2)

    def bar(self, value):
        return f"{value:g}".replace(".", ",") if self.lang == "vi" else f"{value:g}"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def sizes_table(results, lang):
    """The table of clean builds, one line for each size and program."""
    words, numbers = WORDS[lang], Numbers(lang)
    heads = [words[name] for name in ("documents", "program", "html", "wall", "user", "memory", "hugo", "copy")]
    lines = [row(heads), row(["---:", "---", *["---:"] * 6])]
    for size in results["sizes"]:
        runs = size["runs"]
        for name in ("hugo", "congso", "default", "copy"):
            mine = runs[name]
            lines.append(row([
                numbers.number(size["docs"]), words["programs"][name], numbers.number(size["outputs"][name]["html"]),
                f"{numbers.number(median(mine, 'wall'), 2)} s", f"{numbers.number(median(mine, 'user'), 2)} s",
                "" if name == "copy" else f"{numbers.number(median(mine, 'memory'))} MB",
                "" if name == "hugo" else numbers.ratio(ratio(runs["hugo"], mine, "wall")),
                "" if name == "copy" else numbers.ratio(ratio(mine, runs["copy"], "wall"))]))
    growth = results.get("growth")
    if growth:
        mine = growth["runs"][str(growth["large"])]
        lines.append(row([
            numbers.number(growth["large"]), words["programs"]["congso"], numbers.number(growth["output"]["html"]),
            f"{numbers.number(median(mine, 'wall'), 2)} s", f"{numbers.number(median(mine, 'user'), 2)} s",
            f"{numbers.number(median(mine, 'memory'))} MB", "", ""]))
    return lines


def figures_table(results, lang):
    """The table of figures with their bars."""
    words, numbers = WORDS[lang], Numbers(lang)
    lines = [row([words["figure"], words["value"], words["bar"]]), row(["---", "---:", "---:"])]
    for figure in figures(results):
        name = figure.names[lang]
        bar = words["least" if figure.least else "most"].format(numbers.bar(figure.bar))
        lines.append(row([name[:1].upper() + name[1:], numbers.ratio(figure.value), bar]))
    return lines


def markdown(results, lang):
    """The tables of the README, with the line that says how they were made."""
    tables = ([sizes_table(results, lang)] if results.get("sizes") else []) + [figures_table(results, lang)]
    note = WORDS[lang]["note"].format(**results["about"])
    return "\n\n".join(["\n".join(table) for table in tables] + [note])


def runs_of(results):
    """Every series of runs with the name it is shown by."""
    for size in results.get("sizes", []):
        for name, runs in size["runs"].items():
            html = size["outputs"][name]["html"]
            megabytes = size["outputs"][name]["html_bytes"] / 1e6
            yield f"{size['docs']} {name} ({html} HTML files, {megabytes:.1f} MB)", runs
    for series in ("growth", "latest", "again"):
        for name, runs in results.get(series, {}).get("runs", {}).items():
            yield f"{series} {name}", runs


def text(results):
    """Medians and bests of all runs, then the figures."""
    lines = [f"{'':58} {'wall s':>15} {'user s':>15} {'system s':>15} {'memory MB':>15}",
             f"{'':58} " + " ".join([f"{'median (best)':>15}"] * 4)]
    for name, runs in runs_of(results):
        cells = [f"{median(runs, what):.{places}f} ({best(runs, what):.{places}f})"
                 for what, places in (("wall", 3), ("user", 2), ("sys", 2), ("memory", 0))]
        lines.append(f"{name:58} " + " ".join(f"{cell:>15}" for cell in cells))
    lines.append("")
    for figure in figures(results):
        state = "met" if figure.met() else "MISSED"
        lines.append(f"{figure.names['en']:88} {figure.value:8.2f}   at {'least' if figure.least else 'most '} "
                     f"{figure.bar:<5g} {state}")
    return "\n".join(lines + ["", WORDS["en"]["note"].format(**results["about"])])

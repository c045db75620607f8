#!/usr/bin/env python3
"""Writes a deterministic corpus in Vietnamese and English, for congso or for Hugo.

  gen_corpus.py --docs N --out DIR --for {congso,hugo} [--seed S]

DIR, new or empty, becomes the folder of a site without its theme: content/, static/ and, for congso, site.yaml. Document
i is the same whatever N is (a corpus of 500 is the first 500 documents of one of 10,000) and for both
generators: one text, other front matter. About 20 % of the documents are in Vietnamese only. Links between
documents are paths of files for congso, which checks them, and finished addresses for Hugo, which takes
those as they are.
"""
import argparse
import json
import os
import sys

sys.dont_write_bytecode = True  # nothing is left in the repository

from documents import Body, cap, meta, slugify
from vocabulary import AGENCIES, CATEGORIES, EN, LANGS, SECTION_TITLES, SECTIONS, TAGS, VI

TITLES = ("Cổng tin Chuyển đổi số", "Digital Transformation Portal")
FOOTERS = (
    "Cơ quan chủ quản: Ủy ban Quốc gia về chuyển đổi số. Giấy phép số 01/GP-TTĐT. "
    "Ghi rõ nguồn khi phát hành lại thông tin từ trang này.",
    "Governing body: the National Committee on Digital Transformation. Licence No. 01/GP-TTDT. "
    "Please name this site as the source when you republish its information.",
)
DECISION = ("Quyết định", "Decision")
OUTPUTS = {"news": ["html", "rss"], "decisions": ["html", "rss", "json"], "events": ["html", "rss", "json", "calendar"]}
KINDS = {"news": "news", "decisions": "decision", "events": "event"}


def quoted(text):
    """The text as a string of YAML."""
    return json.dumps(text, ensure_ascii=False)


def listed(texts):
    """The texts as a list of YAML."""
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


class Congso:
    """How congso wants it: a translation states its own text only."""

    @staticmethod
    def target(m, lang):
        return f"/{m.section}/{m.slug}.md"

    @staticmethod
    def front(m, lang):
        extra = m.extra[lang]
        lines = [f"title: {quoted(m.title[lang])}", f"description: {quoted(m.desc[lang])}", f"slug: {m.slug}",
                 f"authors: {listed(a[lang] for a in m.authors)}", f"tags: {listed(TAGS[t][lang] for t in m.tags)}"]
        if lang == VI:
            lines += [f"date: {m.date.isoformat()}+07:00", f"topics: {listed(CATEGORIES[t][VI] for t in m.cats)}"]
            if m.section == "decisions":
                lines += [f"number: {extra['number']}", "type: decision", f"issued: {extra['issued']}",
                          f"agency: {quoted(extra['agency'])}"]
            elif m.section == "events":
                lines += [f"start: {extra['start']}", f"end: {extra['end']}"]
        if m.section == "events":
            lines += ["place:", f"  name: {quoted(extra['location'])}"]
        return lines

    @staticmethod
    def section(name, lang):
        return [f"kind: {KINDS[name]}", "archive: false"] if lang == VI else []

    @staticmethod
    def settings():
        """The file `site.yaml`. Lists show the pages of their own language, as Hugo's do."""
        def names(pairs):
            return "\n".join(f"  {slugify(e)}: {{vi: {quoted(cap(v))}, en: {quoted(cap(e))}}}" for v, e in pairs)
        return {"site.yaml": (
            "base_url: https://bench.example/\n"
            f"languages:\n  vi: {{title: {quoted(TITLES[VI])}}}\n  en: {{title: {quoted(TITLES[EN])}}}\n"
            f"owner:\n  name: {{vi: {quoted(FOOTERS[VI])}, en: {quoted(FOOTERS[EN])}}}\n"
            "missing_translation: hide\n"
            f"topics:\n{names(CATEGORIES)}\nagencies:\n{names(AGENCIES)}\n"
            "menu: [news/_index.md, decisions/_index.md, events/_index.md]\n")}


class Hugo:
    """How Hugo wants it: every file states everything, and terms are lists."""

    @staticmethod
    def target(m, lang):
        prefix = "/en" if lang == EN and m.has_en else ""
        return f"{prefix}/{m.section}/{m.slug}/"

    @staticmethod
    def front(m, lang):
        lines = [f"title: {quoted(m.title[lang])}", f"date: {m.date.isoformat()}+07:00",
                 f"description: {quoted(m.desc[lang])}", f"authors: {listed(a[lang] for a in m.authors)}",
                 f"tags: {listed(TAGS[t][lang] for t in m.tags)}",
                 f"categories: {listed(CATEGORIES[t][lang] for t in m.cats)}"]
        for key, value in m.extra[lang].items():
            lines.append(f"agencies: {listed([value])}" if key == "agency" else f"{key}: {quoted(value)}")
        if m.section == "decisions":
            lines.append(f"types: {listed([DECISION[lang]])}")
        elif m.section == "events":
            days = (m.extra[lang][key] for key in ("start", "end"))
            months = sorted({day[:len("2026-10")] for day in days})
            lines += [f"months: {listed(months)}", 'outputs: ["html", "calendar"]']
        return lines

    @staticmethod
    def section(name, lang):
        return [f"outputs: {listed(OUTPUTS[name])}"]

    @staticmethod
    def settings():
        return {}


def write(path, text):
    """Writes a file; gives how many bytes it has."""
    data = text if isinstance(text, bytes) else text.encode()
    with open(path, "wb") as file:
        file.write(data)
    return len(data)


def document(lines, body=""):
    """A file of front matter and text."""
    return "---\n" + "\n".join(lines) + "\n---\n" + (f"\n{body}" if body else "")


def corpus(out, count, generator, seed):
    """Writes the site; gives how many pages and bytes of Markdown it has."""
    def path(section, name, lang):
        return os.path.join(out, "content", section, name + (".md" if lang == VI else ".en.md"))

    for section in SECTIONS:
        os.makedirs(os.path.join(out, "content", section))
        os.makedirs(os.path.join(out, "static", "images", section))
    for lang in (VI, EN):
        write(path("", "_index", lang), document([f"title: {quoted(('Trang chủ', 'Home')[lang])}"]))
        for section in SECTIONS:
            lines = [f"title: {quoted(SECTION_TITLES[section][lang])}", *generator.section(section, lang)]
            write(path(section, "_index", lang), document(lines))
    for name, text in generator.settings().items():
        write(os.path.join(out, name), text)
    pages = size = 0
    pictures = set()
    metas = [meta(i, seed) for i in range(count)]
    for m in metas:
        body = Body(m, metas, seed, generator.target)
        bodies = body.text()
        pictures |= body.pictures
        for lang in (VI, EN) if m.has_en else (VI,):
            size += write(path(m.section, m.slug, lang), document(generator.front(m, lang), bodies[lang]))
            pages += 1
    for picture in pictures:
        write(os.path.join(out, "static", picture), b"\xff\xd8\xff\xd9")
    return pages, size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=int, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--for", dest="generator", choices=("congso", "hugo"), required=True)
    parser.add_argument("--seed", default="vn-portal-1")
    options = parser.parse_args()
    for lang in LANGS:
        assert len({slugify(tag[LANGS.index(lang)]) for tag in TAGS}) == len(TAGS), "two tags with one address"
    if os.path.exists(options.out) and os.listdir(options.out):
        sys.exit(f"{options.out} is not empty: nothing written")
    generator = {"congso": Congso, "hugo": Hugo}[options.generator]
    pages, size = corpus(options.out, options.docs, generator, options.seed)
    print(f"{options.generator}: {options.docs} documents, {pages} pages, {size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()

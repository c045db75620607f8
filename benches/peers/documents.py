"""One document of the corpus: its facts and its text, from its number alone."""

import datetime as dt
import random
import unicodedata

from vocabulary import (AGENCIES, AUTHORS, CATEGORIES, CODE, EN, FACTS, HEADINGS, OPENERS, PLACES, PURPOSES, QUOTES,
                        TAGS, TOPICS, VERBS, VI)

COLUMNS = (("Địa phương", "Nhiệm vụ", "Tỷ lệ (%)", "Số hồ sơ"), ("Locality", "Task", "Share (%)", "Applications"))


def slugify(text):
    """A name as it stands in an address: plain letters and digits, joined by hyphens."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    out, dash = [], False
    for c in text:
        if c.isascii() and c.isalnum():
            out.append(c)
            dash = False
        elif not dash and out:
            out.append("-")
            dash = True
    return "".join(out).strip("-")


def cap(text):
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


class Fillers:
    """What fills the places of one sentence, picked once so that both languages say the same."""

    def __init__(self, r):
        self.topic, self.topic2 = r.sample(TOPICS, 2)
        self.agency, self.agency2 = r.sample(AGENCIES, 2)
        self.place, self.place2 = r.sample(PLACES, 2)
        self.verb = r.choice(VERBS)
        self.purpose = r.choice(PURPOSES)
        self.p = r.randint(52, 98)
        self.q = r.randint(8, 29)
        self.r = r.randint(1, 7)
        self.n = r.randint(12, 960)

    def fill(self, template, lang):
        return template.format(
            topic=self.topic[lang], topic2=self.topic2[lang], agency=self.agency[lang],
            agency2=self.agency2[lang], place=self.place[lang], place2=self.place2[lang],
            verb=self.verb[lang], purpose=self.purpose[lang], p=self.p, q=self.q, r=self.r, n=self.n)


def sentence(r):
    """One sentence, [Vietnamese, English]."""
    opener = r.choice(OPENERS)
    fact = r.choice(FACTS)
    fillers = Fillers(r)
    tail = r.choice(PURPOSES) if r.random() < 0.45 else None
    emphasis = r.random()
    both = []
    for lang in (VI, EN):
        text = fillers.fill(fact[lang], lang)
        if emphasis < 0.08:
            text = text.replace(fillers.topic[lang], "**" + fillers.topic[lang] + "**", 1)
        elif emphasis < 0.12:
            text = text.replace(fillers.place[lang], "*" + fillers.place[lang] + "*", 1)
        text = opener[lang] + " " + text
        if tail and "{purpose}" not in fact[lang]:
            text += ", " + tail[lang]
        both.append(text + ".")
    return both


def paragraph(r, least=3, most=5):
    """Some sentences in one paragraph, [Vietnamese, English]."""
    sentences = [sentence(r) for _ in range(r.randint(least, most))]
    return [" ".join(s[lang] for s in sentences) for lang in (VI, EN)]


class Meta:
    """What the front matter of a document says; texts are pairs [Vietnamese, English]."""

    __slots__ = ("i", "section", "slug", "has_en", "title", "desc", "date", "tags", "cats", "authors", "extra")


def section_of(i):
    """The section document number i is in: 85 % news, 5 % decisions, 10 % events."""
    x = random.Random(f"section:{i}").random()
    return "news" if x < 0.85 else ("decisions" if x < 0.90 else "events")


def titles(section, fillers, form, number):
    """The title of a document, [Vietnamese, English]."""
    both = []
    for lang in (VI, EN):
        if section == "decisions":
            text = ("Quyết định số {num}/QĐ-TTg về {topic}", "Decision No. {num}/QD-TTg on {topic}")[lang]
        elif section == "events":
            text = ("Hội thảo về {topic} tại {place}", "Workshop on {topic} in {place}")[lang]
        else:
            text = (("{agency} {verb} {topic}", "{place}: {agency} {verb} {topic}",
                     "{place} {verb} {topic} và {topic2}", "Gắn {topic} với {topic2} tại {place}"),
                    ("{agency} {verb} {topic}", "{place}: {agency} {verb} {topic}",
                     "{place} {verb} {topic} and {topic2}", "Linking {topic} with {topic2} in {place}"))[lang][form]
        both.append(cap(fillers.fill(text.replace("{num}", str(number)), lang)))
    return both


def meta(i, seed):
    """The facts of document number i; the same whatever the size of the corpus."""
    r = random.Random(f"{seed}:meta:{i}")
    m = Meta()
    m.i = i
    m.section = section_of(i)
    m.has_en = r.random() >= 0.20
    fillers = Fillers(r)
    form = r.randint(0, 3)
    number = r.randint(10, 2900)
    m.title = titles(m.section, fillers, form, number)
    m.desc = [text.replace("*", "") for text in sentence(r)]
    m.slug = slugify(m.title[VI])[:60].strip("-") + f"-{i:05d}"
    day = dt.date(2019, 1, 1) + dt.timedelta(days=r.randint(0, 2737))  # to the middle of 2026
    m.date = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=(i * 7919) % 86400)
    weights = [1.0 / (n + 15) for n in range(len(TAGS))]
    m.tags = []
    while len(m.tags) < 3:
        tag = r.choices(range(len(TAGS)), weights=weights)[0]
        if tag not in m.tags:
            m.tags.append(tag)
    m.cats = [r.randrange(len(CATEGORIES))]
    m.authors = r.sample(AUTHORS, 1 if r.random() < 0.8 else 2)
    m.extra = [{}, {}]
    if m.section == "decisions":
        issued = (day - dt.timedelta(days=r.randint(0, 5))).isoformat()
        for lang in (VI, EN):
            m.extra[lang] = {"number": f"{number}/QĐ-TTg", "issued": issued, "agency": cap(fillers.agency[lang])}
    elif m.section == "events":
        start = day + dt.timedelta(days=r.randint(5, 60))
        end = start + dt.timedelta(days=r.randint(0, 3))
        for lang in (VI, EN):
            m.extra[lang] = {"start": start.isoformat(), "end": end.isoformat(), "location": fillers.place[lang]}
    return m


class Body:
    """Builds the text of one document: [Vietnamese, English] Markdown.

    `target(meta, lang)` says how a link to another document is written.
    """

    def __init__(self, m, metas, seed, target):
        self.m, self.metas, self.target = m, metas, target
        self.r = random.Random(f"{seed}:body:{m.i}")
        self.out = [[], []]
        self.pictures = set()  # the pictures it shows, below the folder of static files

    def add(self, pair):
        self.out[VI].append(pair[VI])
        self.out[EN].append(pair[EN])

    def link(self):
        """A sentence with a link to an earlier document, so that all sizes of corpus agree."""
        if self.m.i == 0:
            return
        other = self.metas[self.r.randrange(self.m.i)]
        self.add([f"{lead}: [{other.title[lang]}]({self.target(other, lang)})."
                  for lang, lead in ((VI, "Xem thêm"), (EN, "See also"))])

    def picture(self):
        alt = self.r.choice(TOPICS)
        n = self.r.randint(1, 400)
        picture = f"images/{self.m.section}/{n:03d}.jpg"
        self.pictures.add(picture)
        self.add([f"![{cap(alt[lang])}](/{picture})" for lang in (VI, EN)])

    def items(self):
        """Often a list, of sentences or of short numbered lines."""
        r, x = self.r, self.r.random()
        if x < 0.30:
            items = [sentence(r) for _ in range(r.randint(3, 5))]
            self.add(["\n".join("- " + item[lang] for item in items) for lang in (VI, EN)])
        elif x < 0.42:
            items = [Fillers(r) for _ in range(r.randint(3, 5))]
            self.add(["\n".join(f"{n}. " + cap(item.fill("{topic} – {place}", lang)) for n, item in enumerate(items, 1))
                      for lang in (VI, EN)])

    def table(self):
        rows = [Fillers(self.r) for _ in range(self.r.randint(4, 7))]
        for lang, columns in zip((VI, EN), COLUMNS):
            lines = ["| " + " | ".join(columns) + " |", "|---|---|---:|---:|"]
            lines += [f"| {row.place[lang]} | {cap(row.topic[lang])} | {row.p} | {row.n} |" for row in rows]
            self.out[lang].append("\n".join(lines))

    def code(self):
        language, code = self.r.choice(CODE)
        block = f"```{language}\n{code % self.r.randint(100, 999)}\n```"
        self.add([block, block])

    def text(self):
        r = self.r
        self.add(paragraph(r))
        if r.random() < 0.6:
            self.picture()
        heads = r.sample(HEADINGS, r.randint(4, 6))

        def somewhere(chance):
            return r.randrange(len(heads)) if r.random() < chance else -1

        table_at, code_at, note_at, quote_at = (somewhere(chance) for chance in (0.30, 0.05, 0.10, 0.5))
        notes = []
        for h, head in enumerate(heads):
            level = "##" if h == 0 or r.random() < 0.55 else "###"
            self.add([f"{level} {head[VI]}", f"{level} {head[EN]}"])
            p = paragraph(r, 2, 4)
            if h == note_at:
                note = sentence(r)
                notes.append([f"[^1]: {note[VI]}", f"[^1]: {note[EN]}"])
                p = [x + "[^1]" for x in p]
            if r.random() < 0.12:
                agency = r.choice(AGENCIES)
                address = f"https://example.gov.vn/{slugify(agency[VI])}"
                p = [p[VI] + f" Thông tin tại [{agency[VI]}]({address}).", p[EN] + f" Details at [{agency[EN]}]({address})."]
            self.add(p)
            self.items()
            if h == quote_at:
                quote = r.choice(QUOTES)
                self.add(["> " + quote[VI], "> " + quote[EN]])
            if h == table_at:
                self.table()
            if h == code_at:
                self.code()
            if r.random() < 0.45:
                self.link()
        self.add(paragraph(r, 1, 2))
        for note in notes:
            self.add(note)
        return ["\n\n".join(parts) + "\n" for parts in self.out]

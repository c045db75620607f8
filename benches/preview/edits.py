"""The documents of a site, and saves of them and of the base template as a writer makes them."""

import itertools
import os

SECTION = "news"  # the section whose list is looked at; most documents are in it
PLAIN = 60  # how many characters of a paragraph must be without marks of Markdown
MARKUP = set("*[]!#|>_`&<\"'\\")

_numbers = itertools.count(1)


def mark(word):
    """A word that stands nowhere yet: `word` and a number."""
    return f"{word}{next(_numbers):06d}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def save(path, text):
    """Writes a file in place, as most editors do."""
    data = text.encode()
    with open(path, "wb") as file:
        file.write(data)


def field(text, name):
    """The value of a field of the front matter."""
    return text.partition(f"\n{name}: ")[2].partition("\n")[0]


class Document:
    """One Vietnamese document; `dated` is the field whose year stands in its address, or None.

    `address` is the path of its page; `needle` is how its middle paragraph begins, as it stands on the page. Marks
    stay where they are until the next save of the same kind, so that a save never changes two things at once.
    """

    def __init__(self, path, section, slug, dated):
        text = read(path)
        year = f"{field(text, dated)[:4]}/" if dated else ""
        self.path, self.address = path, f"/{section}/{year}{slug}/"
        self.title_at = text.index('\ntitle: "') + len('\ntitle: "')
        self.body_at, self.needle = middle_paragraph(text, text.index("\n---\n", 4) + len("\n---\n"))
        self.parts = [text[:self.title_at], text[self.title_at:self.body_at], text[self.body_at:]]
        self.title_mark = self.body_mark = ""

    def _save(self):
        head, between, rest = self.parts
        save(self.path, head + self.title_mark + between + self.body_mark + rest)

    def save_body(self, word):
        """Puts a word at the beginning of the middle paragraph."""
        self.body_mark = f"{word} "
        self._save()

    def save_title(self, word):
        """Puts a word at the beginning of the title."""
        self.title_mark = f"{word} "
        self._save()


def middle_paragraph(text, start):
    """Where the plain paragraph next to the middle of a text begins, and its first words."""
    found, at = [], start
    for part in text[start:].split("\n\n"):
        begin = at + len(part) - len(part.lstrip("\n"))
        head = text[begin:begin + PLAIN]
        if head[:1].isalpha() and "\n" not in head and not MARKUP & set(head):
            found.append((abs(begin - (start + len(text)) // 2), begin, head.rsplit(" ", 1)[0]))
        at += len(part) + 2
    _, begin, words = min(found)
    return begin, words


class Documents:
    """The Vietnamese documents of a site, read when they are asked for.

    `years` tells for some sections of which field the year stands in the address.
    """

    def __init__(self, folder, years):
        self.content, self.years = os.path.join(folder, "content"), years
        self.names = []
        for section in sorted(os.listdir(self.content)):
            if not os.path.isdir(os.path.join(self.content, section)):
                continue
            self.names += sorted(
                (section, name.removesuffix(".md")) for name in os.listdir(os.path.join(self.content, section))
                if name.endswith(".md") and not name.endswith(".en.md") and not name.startswith("_"))
        self.known = {}

    def get(self, name):
        """The document of a name, one of `names`; always the same object, for it remembers its marks."""
        if name not in self.known:
            section, slug = name
            path = os.path.join(self.content, section, f"{slug}.md")
            self.known[name] = Document(path, section, slug, self.years.get(section))
        return self.known[name]

    def newest(self, count):
        """The names of the newest documents of the section whose list is looked at."""
        dated = []
        for section, slug in self.names:
            if section == SECTION:
                text = read(os.path.join(self.content, section, f"{slug}.md"))
                dated.append((field(text, "date"), (section, slug)))
        return [name for _, name in sorted(dated, reverse=True)[:count]]


class Template:
    """The template that all pages of a theme are made with."""

    def __init__(self, path):
        self.path, self.text = path, read(path)
        self.before, self.end, self.after = self.text.partition("</body>")

    def save(self, word):
        """Puts a line with the word at the end of every page."""
        save(self.path, f"{self.before}<p>{word}</p>\n{self.end}{self.after}")

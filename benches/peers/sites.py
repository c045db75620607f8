"""Makes the sites that are built: the corpus with a theme, for congso and for Hugo."""

import os
import shutil
import subprocess
import sys

from measure import Failed

HERE = os.path.dirname(os.path.abspath(__file__))


def generate(count, out, generator):
    """The corpus in a folder; a process of its own, so that this one stays small (see `measure.timed`)."""
    subprocess.run([sys.executable, os.path.join(HERE, "gen_corpus.py"), "--docs", str(count), "--out", out,
                    "--for", generator], check=True)


class Site:
    """A folder with a site, and the command that builds it into `public`."""

    generator = ""
    made = ()  # what builds leave behind, beside `public`

    def __init__(self, work, count, program):
        self.count, self.program, self.log = count, program, os.path.join(work, "log")
        self.folder = os.path.join(work, f"{self.generator}-{count}")
        self.public = os.path.join(self.folder, "public")
        self.environment = None
        generate(count, self.folder, self.generator)

    def clean(self):
        """Takes back what builds have made, caches too."""
        for name in ("public", *self.made):
            path = os.path.join(self.folder, name)
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.remove(path)

    def remove(self):
        shutil.rmtree(self.folder)


class Hugo(Site):
    """The corpus as a site of Hugo."""

    generator = "hugo"
    made = ("resources", ".hugo_build.lock", "cache")

    def __init__(self, work, count, program):
        super().__init__(work, count, program)
        shutil.copytree(os.path.join(HERE, "hugo"), self.folder, dirs_exist_ok=True)
        shutil.copytree(os.path.join(HERE, "theme", "static"), os.path.join(self.folder, "static"), dirs_exist_ok=True)
        self.environment = {**os.environ, "HUGO_CACHEDIR": os.path.join(self.folder, "cache")}

    def command(self):
        return [self.program, "build", "--quiet"]


class Congso(Site):
    """The corpus as a portal of congso; `theme` may change between builds."""

    generator = "congso"
    made = (".congso",)

    def __init__(self, work, count, program):
        super().__init__(work, count, program)
        for name, source in (("peers", "theme"), ("peers-latest", "theme-latest")):
            shutil.copytree(os.path.join(HERE, source), os.path.join(self.folder, "themes", name))
        self.settings = os.path.join(self.folder, "site.yaml")
        with open(self.settings, encoding="utf-8") as file:
            self.common = file.read()
        news = os.path.join(self.folder, "content", "news")
        names = sorted(name for name in os.listdir(news) if name.endswith(".md") and not name.endswith(".en.md"))
        self.edited = os.path.join(news, names[len(names) // 2])
        with open(self.edited, encoding="utf-8") as file:
            self.text = file.read()

    def theme(self, name):
        """Changes the theme: `peers`, `peers-latest` or `default`."""
        with open(self.settings, "w", encoding="utf-8") as file:
            file.write(f"{self.common}theme: {name}\n")

    def command(self):
        return [self.program, "build", "--root", self.folder, "--quiet", "--ui-lang", "en"]

    def edit(self, mark):
        """Changes the text of one article, so that its page says `mark`."""
        with open(self.edited, "w", encoding="utf-8") as file:
            file.write(f"{self.text}\n{mark}\n")

    def shows(self, mark):
        """Holds that the page of the edited article says `mark`. Raises `Failed`."""
        slug = os.path.basename(self.edited).removesuffix(".md")
        with open(os.path.join(self.public, "news", slug, "index.html"), encoding="utf-8") as file:
            if mark not in file.read():
                raise Failed(f"the page {slug} does not show what was written into its text")

    def walk(self):
        """The command that looks at every input and output once, and at nothing else."""
        # No file is that new; to know it, `find` has to ask the system about each.
        return ["find", "content", "static", "themes", "site.yaml", "public", "-newermt", "2100-01-01"]

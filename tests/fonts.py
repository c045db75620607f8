#!/usr/bin/env python3
"""Holds the web font of the default theme against its style sheet: every Vietnamese letter is in it, and the letters
that stand in for it take as much room. Needs the packages `fonttools` and `brotli` (tests/run installs them)."""

import re
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

STATIC = Path(__file__).parent.parent / "themes/default/static"
# The mean advance of the bold letters over the Vietnamese and English texts of the portal, as a part of their size;
# Arimo has the widths of Arial. Measured on 176,334 letters with @fontsource/arimo and @fontsource/roboto 5.3.0, spaces included.
STAND_INS = {"Be Vietnam Arial": 0.48969, "Be Vietnam Roboto": 0.45793}
# Of Be Vietnam Pro 600 over the same texts.
OWN = 0.50605


def letters():
    """All letters of Vietnamese with all marks, as single characters."""
    marks = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
    found = [unicodedata.normalize("NFC", b + m) for c in "aăâeêioôơuưy" for b in (c, c.upper()) for m in marks]
    return found + ["đ", "Đ"]


def has(ranges, letter):
    """Whether a `unicode-range` has a letter."""
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        if int(first, 16) <= ord(letter) <= int(last or first, 16):
            return True
    return False


def main():
    css = (STATIC / "css/fonts.css").read_text(encoding="utf-8")
    faces = [dict(re.findall(r"([a-z-]+):\s*([^;]+);", face)) for face in re.findall(r"@font-face \{(.*?)\}", css, re.S)]
    own = [(face["unicode-range"], TTFont(STATIC / "css" / re.search(r'url\("([^"]+)"', face["src"])[1]))
           for face in faces if "unicode-range" in face]
    assert len(own) == 3
    missing = [letter for letter in letters()
               if not any(has(ranges, letter) and ord(letter) in font.getBestCmap() for ranges, font in own)]
    assert len(letters()) == 146 and not missing, missing
    # What has a range must be drawn by the part that counts for it: the last that has it.
    for letter in letters():
        last = [font for ranges, font in own if has(ranges, letter)][-1]
        assert ord(letter) in last.getBestCmap(), f"{letter} would load two parts"
    measures = {(font["head"].unitsPerEm, font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap) for _, font in own}
    ((em, ascent, descent, gap),) = measures
    for face in faces:
        name = face["font-family"].strip('"')
        if name in STAND_INS:
            share = OWN / STAND_INS[name]
            wanted = {"size-adjust": share, "ascent-override": ascent / em / share,
                      "descent-override": -descent / em / share, "line-gap-override": gap / em / share}
            for key, value in wanted.items():
                found = float(face[key].removesuffix("%")) / 100
                assert abs(found - value) < 0.0005, f"{name}: {key} is {found:.4f}, not {value:.4f}"
    print("the web font has every letter, and its stand-ins its measures")


main()

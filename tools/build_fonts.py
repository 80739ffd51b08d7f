"""Cut the fonts that reports ship from static Noto fonts: `python tools/build_fonts.py FOLDER_OF_NOTO`.

The Latin ones are cut to Latin, Cyrillic with all Kazakh letters, Greek and punctuation, and given a private
family name: matplotlib and Typst would otherwise see "Noto Sans SemiCondensed" as two different families, and
a figure's text would silently fall back to a wider cut. The Chinese one is cut to the characters of GB 2312.
Same input, same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = {
    "NotoSans-SemiCondensed.ttf": ("Counterclaim Sans", "Regular"),
    "NotoSans-SemiCondensedItalic.ttf": ("Counterclaim Sans", "Italic"),
    "NotoSans-SemiCondensedSemiBold.ttf": ("Counterclaim Sans", "SemiBold"),
    "NotoSans-SemiCondensedBold.ttf": ("Counterclaim Sans", "Bold"),
    "NotoSerif-Regular.ttf": ("Counterclaim Serif", "Regular"),
    "NotoSerif-Italic.ttf": ("Counterclaim Serif", "Italic"),
    "NotoSerif-SemiBold.ttf": ("Counterclaim Serif", "SemiBold"),
}
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),  # Latin-1, Latin Extended-A and B
    *range(0x300, 0x370),  # combining marks
    *range(0x370, 0x400),  # Greek
    *range(0x400, 0x530),  # Cyrillic with its supplement
    *range(0x1E00, 0x2000),  # Latin Extended Additional, Greek Extended
    *range(0x2000, 0x2070),  # general punctuation
    *range(0x20A0, 0x20C1),  # currency
    *range(0x2190, 0x2194),  # arrows
    0x2116, 0x2122, 0x2212, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x25CB, 0x25C7, 0x2715, 0xFFFD,
]  # fmt: skip
CHINESE = ("NotoSansCJK-Regular.ttc", "Counterclaim Chinese", "Regular")
SIMPLIFIED = 2  # the face for simplified Chinese in the collection
_ENDING = {"\x00\x01\x00\x00": ".ttf", "OTTO": ".otf"}
TARGET = Path(__file__).parent.parent / "pipeline" / "report" / "fonts"


def gb2312() -> list[int]:
    """The characters of GB 2312: 6,763 Chinese ones and the punctuation that is printed with them."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xF8)]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return [ord(char) for pair in pairs for char in pair.decode("gb2312", errors="ignore")]


def build(
    source: Path, family: str, style: str, *, characters: list[int], face: int = -1, features: tuple[str, ...]
) -> None:
    """Cut and rename one font; `face` is its number in a collection."""
    font = TTFont(source, recalcTimestamp=False, fontNumber=face)
    options = Options()
    options.layout_features = list(features)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    plain = style in ("Regular", "Italic", "Bold")
    names = {
        1: family if plain else f"{family} {style}",
        2: style if plain else "Regular",
        3: f"{family} {style} (cut from {source.stem})",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
        16: family,
        17: style,
    }
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (*names, 21, 22, 25):
            table.removeNames(nameID=record.nameID)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWidthClass = 5  # normal: the cut has no wider sister under this name
    font.save(TARGET / f"{family.replace(' ', '')}-{style}{_ENDING[font.sfntVersion]}")


def main() -> None:
    """Build every font of FONTS from the folder given."""
    folder = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (family, style) in FONTS.items():
        build(folder / name, family, style, characters=CHARACTERS, features=("*",))
    name, family, style = CHINESE
    build(folder / name, family, style, characters=gb2312(), face=SIMPLIFIED, features=("ccmp",))


if __name__ == "__main__":
    main()

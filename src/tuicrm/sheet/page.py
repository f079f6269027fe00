"""A day sheet as one HTML page of A4 leaves: no script, nothing from elsewhere, names can be nothing but text.

Browsers print it as it is: each leaf repeats the heading with the outcomes, nobody is torn over two leaves, and where
the browser knows margin boxes the leaves are numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from tuicrm.domain.daysheet import DaySheet, SheetRow
from tuicrm.domain.fold import first_strong, has_rtl
from tuicrm.domain.number_runs import kept_whole
from tuicrm.domain.safe import clean
from tuicrm.i18n import Phrase, figures, language, t
from tuicrm.sheet import words

SPARE: Final = 3
"""Rooms at the end for calls that nobody foresaw."""
_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
_LINES: Final = 2
"""Lines to write on for each person."""

_STYLE: Final = """
@page { size: A4; margin: 12mm 12mm 14mm; @bottom-center { content: counter(page%(digits)s) " / "
  counter(pages%(digits)s); font: 8pt %(font)s; color: #555; } }
* { box-sizing: border-box; }
html { font: 9.5pt/1.4 %(font)s; color: #000; background: #fff; }
body { margin: 0 auto; max-width: 186mm; }
table { width: 100%%; border-collapse: collapse; }
thead { display: table-header-group; }
tbody { break-inside: avoid; page-break-inside: avoid; }
th { text-align: start; font-weight: normal; padding: 0 0 2mm; }
td { padding: 2mm 0; border-top: 0.3mm solid #000; vertical-align: top; }
h1 { font-size: 14pt; margin: 0; }
h2 { font-size: 10pt; margin: 0; padding: 0.6mm 2mm; border: 0.3mm solid #000; background: #e8e8e8; }
.part td { border: 0; padding: 3mm 0 1.5mm; break-after: avoid; page-break-after: avoid; }
.dim { color: #444; }
.who { font-size: 11.5pt; font-weight: bold; }
.top { display: flex; justify-content: space-between; align-items: baseline; }
.ref { white-space: nowrap; font: 8.5pt "DejaVu Sans Mono", Menlo, Consolas, monospace; color: #333; }
.number { font-size: 12pt; margin-inline-end: 4mm; white-space: nowrap; }
.why { font-weight: bold; }
.note { margin: 0.5mm 0; padding-inline-start: 2mm; border-inline-start: 0.6mm solid #999; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.line { border-bottom: 0.2mm solid #888; height: 7mm; }
.boxes { margin-top: 2mm; white-space: nowrap; }
.box { display: inline-block; width: 3.4mm; height: 3.4mm; border: 0.3mm solid #000; vertical-align: -0.5mm;
  margin-inline-end: 1mm; }
.letter { margin-inline-end: 4mm; }
.blank { display: inline-block; border-bottom: 0.2mm solid #888; height: 4mm; margin-inline: 1mm 3mm; }
.sep { color: #777; padding: 0 1mm; }
.legend { display: inline-block; margin-inline-end: 3mm; white-space: nowrap; }
kbd { white-space: nowrap; font: bold 8.5pt "DejaVu Sans Mono", Menlo, Consolas, monospace; }
@media screen { body { padding: 8mm; } }
"""
_FONTS: Final = {
    "en": 'Helvetica, Arial, "DejaVu Sans", sans-serif',
    "fa": 'Vazirmatn, Vazir, "Noto Sans Arabic", "Noto Naskh Arabic", Tahoma, "DejaVu Sans", sans-serif',
}


def page(sheet: DaySheet) -> Iterator[str]:
    """The page, piece by piece."""
    lang = "fa" if language() == "fa" else "en"
    style = _STYLE % {"font": _FONTS[lang], "digits": ", persian" if figures("1") != "1" else ""}
    yield (
        f'<!doctype html>\n<html lang="{lang}" dir="{"rtl" if lang == "fa" else "ltr"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(words.title(sheet))}</title>\n<style>{style}</style>\n</head>\n<body>\n<table>\n"
    )
    yield _head(sheet)
    number = 0
    for part, named in words.PARTS.items():
        rows = sheet.of(part)
        for at, row in enumerate(rows):
            number += 1
            heading = f'<tr class="part"><td><h2>{_text(named())}</h2></td></tr>\n' if at == 0 else ""
            yield f"<tbody>\n{heading}<tr><td>{_person(sheet, row, number)}</td></tr>\n</tbody>\n"
    for at in range(SPARE):
        named_spare = t("Calls that nobody foresaw")
        heading = f'<tr class="part"><td><h2>{_text(named_spare)}</h2></td></tr>\n' if at == 0 else ""
        yield f"<tbody>\n{heading}<tr><td>{_stranger(sheet)}</td></tr>\n</tbody>\n"
    yield "</table>\n</body>\n</html>\n"


def _head(sheet: DaySheet) -> str:
    said, tokens, example = words.way_back(sheet)
    return (
        f"<thead><tr><th>\n<h1>{_bdi(words.title(sheet))}</h1>\n<div>{_side_by_side(words.about(sheet))}</div>\n"
        f"<div>{_legend(words.legend(sheet))}</div>\n"
        f'<div class="dim">{_bdi(said)} {_kbd(example)}</div>\n<div class="dim">{_legend(tokens)}</div>\n'
        "</th></tr></thead>\n"
    )


def _legend(pairs: Iterable[tuple[str, Phrase]]) -> str:
    """What is typed, each with what it means."""
    return "".join(f'<span class="legend">{_kbd(key)} {_bdi(word)}</span> ' for key, word in pairs)


def _person(sheet: DaySheet, row: SheetRow, number: int) -> str:
    company = words.company(row)
    who = [f"{_text(figures(str(number)))}.", f'<span class="who">{_bdi(words.name(row))}</span>']
    if company:
        who.append(_bdi(company))
    ref = f'<span class="ref" dir="ltr">{_text(row.ref)}</span>'
    top = f'<div class="top"><span>{" ".join(who)}</span>{ref}</div>\n'
    lines = [_numbers(sheet, row)]
    for at, one in enumerate(row.follow_ups):
        more = f' <kbd class="dim" dir="ltr">followup:{one.id}</kbd>' if at else ""
        lines.append(f'<span class="why">{_side_by_side(words.why(one, sheet))}</span>{more}')
    lines.append(f'<span class="dim">{_side_by_side(words.last(row, sheet))}</span>')
    note = clean(words.note(row), multiline=True)
    quoted = f'<div class="note" dir="auto">{_text(note)}</div>\n' if note else ""
    return f"{top}{_divs(lines)}{quoted}{_room(sheet)}"


def _stranger(sheet: DaySheet) -> str:
    blanks = ((t("name"), 52), (t("number"), 42), (t("company"), 36))
    asked = " ".join(
        f'{_text(word)} <span class="blank" style="width:{wide}mm"></span>' for word, wide in blanks
    )
    return f"<div>{asked}</div>\n{_room(sheet)}"


def _room(sheet: DaySheet) -> str:
    """Lines for what is said, a box for each outcome, and blanks for the time, the minutes, what comes next."""
    boxes = "".join(
        f'<span class="letter"><span class="box"></span><kbd dir="ltr">{_text(one.key)}</kbd></span>'
        for one in words.letters(sheet)
    )
    blanks = ((t("other"), 16), (t("at"), 14), (t("min"), 10), (t("next"), 26))
    asked = "".join(
        f'{_text(word)}<span class="blank" style="width:{wide}mm"></span>' for word, wide in blanks
    )
    return f'{"<div class=line></div>" * _LINES}\n<div class="boxes">{boxes}{asked}</div>'


def _numbers(sheet: DaySheet, row: SheetRow) -> str:
    found = [
        f'<span class="number"><bdi dir="ltr">{_text(number)}</bdi>{f" {_bdi(label)}" if label else ""}</span>'
        for number, label in words.numbers(row, sheet.region)
    ]
    return " ".join(found) or f'<span class="dim">{_text(t("no number"))}</span>'


def _divs(lines: Iterable[str]) -> str:
    return "".join(f"<div>{line}</div>\n" for line in lines)


def _side_by_side(said: Iterable[Phrase]) -> str:
    return '<span class="sep">·</span>'.join(map(_bdi, said))


def _kbd(typed: str) -> str:
    """What is typed as it stands."""
    return f'<kbd><bdi dir="ltr">{_text(typed)}</bdi></kbd>'


def _bdi(text: str) -> str:
    """A piece whose direction is its own, said outright: not every printer of pages finds it out."""
    return f'<bdi dir="{first_strong(text) or "ltr"}">{_text(text)}</bdi>'


def _text(text: str) -> str:
    """Text and nothing else: no markup, no isolates but those that keep a number in one piece."""
    plain = text.translate(_ISOLATES)
    return escape(kept_whole(plain) if has_rtl(plain) else plain, quote=True)

"""The words of an import: formats, what a column holds, what became of a row, counts, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tuicrm import i18n
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.labels import field_words
from tuicrm.tui import text
from tuicrm.uneven import uneven, was_read_twice

if TYPE_CHECKING:
    from textual.content import Content

    from tuicrm.services.importing import ImportReport, Look, Progress, RowReason

Words = Callable[[], Phrase]

TARGETS: Final[Mapping[str, Words]] = {
    "name": lambda: t("whole name"),
    "first": lambda: t("first name"),
    "last": lambda: t("last name"),
    "company": lambda: t("company"),
    "phone": lambda: t("number"),
    "email": lambda: t("e-mail"),
    "tag": lambda: t("tags"),
    "note": lambda: t("note"),
    "field": lambda: t("a field of its own"),
    "skip": lambda: t("left away"),
    "owner": lambda: t("whose contact it is"),
    "do_not_call": lambda: t("do not call"),
    "turned": lambda: t("last name, first name"),
    "ext": lambda: t("extension of the number"),
    "prefix": lambda: t("title before the name"),
    "middle": lambda: t("middle name"),
    "suffix": lambda: t("title after the name"),
    "nick": lambda: t("nickname"),
}
"""What a person can say that a column holds, the most usual first."""
WRITTEN_IN: Final[Mapping[str, Words]] = {
    "utf-8": lambda: t("all languages"),
    "utf-16": lambda: t("all languages, by Windows"),
    "cp1256": lambda: t("Arabic and Persian, by Windows"),
    "cp720": lambda: t("Arabic, by DOS"),
    "iso8859-6": lambda: t("Arabic"),
    "cp1252": lambda: t("Western Europe, by Windows"),
    "cp850": lambda: t("Western Europe, by DOS"),
    "mac-roman": lambda: t("Western Europe, by old Macs"),
    "cp1250": lambda: t("Central Europe, by Windows"),
    "iso8859-2": lambda: t("Central Europe"),
    "cp1251": lambda: t("Cyrillic, by Windows"),
    "cp866": lambda: t("Cyrillic, by DOS"),
    "koi8-r": lambda: t("Cyrillic, by Unix"),
    "cp1253": lambda: t("Greek"),
    "cp1254": lambda: t("Turkish"),
    "cp1255": lambda: t("Hebrew"),
    "cp1257": lambda: t("Baltic"),
    "gb18030": lambda: t("Chinese"),
    "big5": lambda: t("Chinese, traditional"),
    "cp932": lambda: t("Japanese, by Windows"),
    "euc_jp": lambda: t("Japanese, by Unix"),
    "cp949": lambda: t("Korean"),
    "cp874": lambda: t("Thai"),
}
"""Which languages an encoding is for, and who writes it."""
_READ: Final[Mapping[str, Words]] = {
    "label": lambda: t("what kind of number it is"),
    "deleted": lambda: t("whether it is deleted"),
    "status": lambda: t("state of the record"),
    "code": lambda: t("country code of the number"),
}
"""What only a known heading says."""
_FORMATS: Final[Mapping[str, Words]] = {
    "csv": lambda: t("Table (CSV)"),
    "vcard": lambda: t("Address cards (vCard)"),
    "json": lambda: t("tuicrm's own JSON"),
    "ics": lambda: t("Calendar (iCalendar)"),
    "calls-asterisk": lambda: t("Calls of Asterisk"),
    "calls-freeswitch": lambda: t("Calls of FreeSWITCH"),
    "calls-android": lambda: t("Calls of an Android telephone"),
    "calls-csv": lambda: t("Calls (CSV)"),
}
_DELIMITERS: Final[Mapping[str, Words]] = {
    ",": lambda: t("commas between the cells"),
    ";": lambda: t("semicolons between the cells"),
    "\t": lambda: t("tabs between the cells"),
    "|": lambda: t("bars between the cells"),
}
_FATES: Final[Mapping[str, tuple[Words, text.Role]]] = {
    "added": (lambda: t("new"), "good"),
    "updated": (lambda: t("updated"), "accent"),
    "unchanged": (lambda: t("unchanged"), "dim"),
    "skipped": (lambda: t("skipped"), "warn"),
    "refused": (lambda: t("refused"), "bad"),
    "led_on": (lambda: t("led on"), "accent"),
    "remark": (lambda: t("note this"), "accent"),
}
_CELLS: Final = 24
"""Cells of the bar."""
_MINUTE_S: Final = 60
_MOST_LINES: Final = 3
"""Of free fields and photos; a table may have a hundred columns of its own."""


def target(name: str) -> Phrase:
    """What a column holds."""
    words = TARGETS.get(name) or _READ.get(name)
    return words() if words else word(name)


def fate(name: str) -> tuple[Phrase, text.Role]:
    """What becomes of a row, and its colour."""
    words, role = _FATES[name]
    return words(), role


def reason(row: RowReason) -> Phrase:
    """Why a row is left out."""
    return i18n.sentence(row)


def recognised(it: Look) -> Phrase:
    """How a file is written, in one line."""
    words = _FORMATS.get(it.format)
    parts: list[str] = [words() if words else t("{name}", name=it.format)]
    if it.encoding:
        as_said = t("read as {encoding}", encoding=it.encoding)
        parts.append(as_said if it.told else t("{name}", name=it.encoding))
    if it.delimiter:
        between = _DELIMITERS.get(it.delimiter)
        parts.append(between() if between else t("{sign} between the cells", sign=it.delimiter))
        heading = t("headings in line {line}", line=it.header_line)
        parts.append(heading if it.header_line else t("no headings"))
    parts.append(_size(it.size))
    if it.damaged:
        parts.append(nt("{n} character cannot be read", "{n} characters cannot be read", it.damaged))
    return _listed(parts)


def _size(size: int) -> Phrase:
    if size < 10_000:
        return nt("{n} byte", "{n} bytes", size)
    if size < 10_000_000:
        return t("{n} kB", n=size // 1000)
    return t("{n} MB", n=size // 1_000_000)


def _listed(parts: Sequence[str]) -> Phrase:
    return Phrase(t(", ").join(parts))


def counts(it: ImportReport) -> Phrase:
    """``12 rows: 3 new, 2 updated, 5 unchanged, 1 skipped, 1 refused``; what there is none of is left away."""
    parts = [
        nt("{n} new", "{n} new", it.added),
        nt("{n} updated", "{n} updated", it.updated) if it.updated else "",
        nt("{n} unchanged", "{n} unchanged", it.unchanged) if it.unchanged else "",
        nt("{n} skipped", "{n} skipped", len(it.skipped)) if it.skipped else "",
        nt("{n} refused", "{n} refused", len(it.refused)) if it.refused else "",
        _to_list(it),
    ]
    listed = _listed([part for part in parts if part])
    return nt("{n} row: {counts}", "{n} rows: {counts}", it.read, counts=listed)


def beside(it: ImportReport) -> Phrase | None:
    """What does not become a contact's own: free fields, photos."""
    parts: list[str] = []
    if mended := was_read_twice(it.encoding):
        parts.append(mended)
    if it.alone:
        parts.append(nt("{n} call is without a contact.", "{n} calls are without a contact.", it.alone))
    if it.kept_as_field:
        names = tuple(map(field_words, it.kept_as_field))
        parts.append(t("Kept as fields of your own: {names}.", names=names))
    if it.photos_skipped:
        parts.append(nt("{n} photo is left out.", "{n} photos are left out.", it.photos_skipped))
    if it.begun_at:
        parts.append(nt("{n} row was in before.", "{n} rows were in before.", it.begun_at))
    return Phrase(" ".join(parts)) if parts else None


def done(it: ImportReport) -> Phrase:
    """``400 contacts imported, 2 updated, 3 lines refused.``"""
    parts = [
        nt("{n} updated", "{n} updated", it.updated) if it.updated else "",
        nt("{n} line refused", "{n} lines refused", len(it.refused)) if it.refused else "",
        nt("{n} line skipped", "{n} lines skipped", len(it.skipped)) if it.skipped else "",
        _to_list(it),
    ]
    more = _listed([part for part in parts if part])
    said = _added(it.format, it.added)
    return t("{said}, {more}.", said=said, more=more) if more else t("{said}.", said=said)


def _to_list(it: ImportReport) -> Phrase | str:
    """How many come to the worklist, when one was named."""
    if not it.worklist:
        return ""
    return nt("{n} to the worklist {name}", "{n} to the worklist {name}", it.joined, name=it.worklist)


def _added(form: str, n: int) -> Phrase:
    if form == "ics":
        return nt("{n} follow-up imported", "{n} follow-ups imported", n)
    if form.startswith("calls"):
        return nt("{n} call imported", "{n} calls imported", n)
    return nt("{n} contact imported", "{n} contacts imported", n)


def head(found: Look | None, region: str, width: int) -> list[Content]:
    """How a file is written, and whose numbers are in it, on as many lines as that needs."""
    if found is None:
        return []
    written = recognised(found)
    if region and found.format != "json":
        written = _listed([written, t("numbers without a country: {region}", region=region)])
    return text.phrases(written, width, style="dim")


def outcome(
    useless: Phrase | None, report: ImportReport | None, counted: Phrase, width: int
) -> list[Content]:
    """What a file does or would do. ``useless``: why nothing can be made of it; ``counted``: how far that is."""
    if useless:
        return text.phrases(useless, width, style="warn")
    if report is None:
        return [text.phrase(counted, style="dim")]
    lines = text.phrases(counts(report), width, style="strong")
    # where a cell is missing or too many, those behind it may stand in the wrong column
    for sentence in uneven(report):
        lines += text.phrases(sentence, width, style="warn")
    more = beside(report)
    return lines + (text.phrases(more, width, style="dim")[:_MOST_LINES] if more else [])


# --- how far it is ------------------------------------------------------------------------------------------


def bar(share: float) -> Content:
    """How much is done (0 to 1), in blocks; for a screen reader only the number."""
    percent = text.number(f"{int(share * 100)}%")
    if text.mode() == "plain":
        return percent
    full = round(share * _CELLS)
    blocks = text.join((text.show("█" * full, style="accent"), text.show("░" * (_CELLS - full), style="dim")))
    return text.join((blocks, percent), " ")


def share(it: Progress) -> float:
    """How much is done, 0 to 1."""
    return min(1.0, it.done_bytes / it.total_bytes) if it.total_bytes else 0.0


def rows_done(it: Progress) -> Phrase:
    """``1200 rows, about 20 seconds left``."""
    rows = nt("{n} row", "{n} rows", it.read)
    left = it.seconds_left
    if left is None:
        return rows
    if left < _MINUTE_S:
        more = nt("about {n} second left", "about {n} seconds left", max(1, round(left)))
    else:
        more = nt("about {n} minute left", "about {n} minutes left", round(left / _MINUTE_S))
    return _listed([rows, more])

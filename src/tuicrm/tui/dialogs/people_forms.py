"""Small forms for one person or many: tags, how often one keeps in touch, a worklist, the file of an export."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from textual.content import Content

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, sentence, t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form

Tags = tuple[tuple[str, ...], tuple[str, ...]]
"""Those to add, those to take away."""


class TagsForm(Form[Tags]):
    """Dismissed with the tags to add and to take away, or None."""

    def __init__(self, who: Phrase) -> None:
        super().__init__()
        self._who = who

    def heading(self) -> Content:
        return text.phrase(t("Tags of {who}", who=self._who), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("tags", t("Tags"), t("such as vip, -north: one comes, one goes")),)

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        from tuicrm.tui.bridge import contacts

        self.offer("tags", await self.crm_app.bridge.read(contacts.tags))

    async def submit(self, values: Mapping[str, str]) -> Tags | None:
        from tuicrm.tui.dialogs.contact_texts import parts

        written = [part.strip() for part in parts(values["tags"])]
        less = tuple(part.lstrip("-#").strip() for part in written if part.startswith("-"))
        more = tuple(part.lstrip("+#").strip() for part in written if not part.startswith("-"))
        return (more, less) if any((*more, *less)) else None


class CadenceForm(Form[tuple[str, int | None]]):
    """Dismissed with what was written and the days that it means (None: no more), or None."""

    def __init__(self, who: Phrase) -> None:
        super().__init__()
        self._who = who

    def heading(self) -> Content:
        return text.phrase(t("Keep in touch with {who}", who=self._who), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("cadence", t("Every"), t("such as 90 d, 6 weeks, 3 months; - for no more")),)

    async def typed(self, values: Mapping[str, str]) -> None:
        from tuicrm.domain.cadence import parse

        try:
            said = every(parse(values["cadence"])) if values["cadence"].strip() else Phrase()
        except Invalid as refused:
            self.say(text.phrase(sentence(refused), style="dim"))
        else:
            self.say(text.phrase(said, style="strong"))

    async def submit(self, values: Mapping[str, str]) -> tuple[str, int | None] | None:
        from tuicrm.domain.cadence import parse

        written = values["cadence"].strip()
        return (written, parse(written)) if written else None


def every(days: int | None) -> Phrase:
    """``in touch every 90 days``."""
    if not days:
        return t("no fixed time to keep in touch")
    return nt("in touch every day", "in touch every {n} days", days)


@record
class OnList:
    """A worklist that people are put on, or taken ``off``; ``shared``: everybody's, if it has yet to be made."""

    name: str
    shared: bool = False
    off: bool = False


class WorklistForm(Form[OnList]):
    """Dismissed with the worklist that was written, or None."""

    def __init__(self, who: Phrase) -> None:
        super().__init__()
        self._who = who

    def heading(self) -> Content:
        return text.phrase(t("A worklist for {who}", who=self._who), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        whose = (("own", t("mine alone")), ("shared", t("everybody's")))
        return (
            FieldSpec("list", t("Worklist"), t("such as fair 2026; -fair 2026 takes off")),
            FieldSpec("whose", t("New list"), choices=whose),
        )

    def values(self) -> Mapping[str, str]:
        return {"whose": "own"}

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        from tuicrm.tui.bridge import worklist_members

        self.offer("list", await self.crm_app.bridge.read(worklist_members.names))

    async def submit(self, values: Mapping[str, str]) -> OnList | None:
        written = values["list"].strip()
        name = written.lstrip("-").strip()
        if not name:
            return None
        return OnList(name, values["whose"] == "shared", written.startswith("-"))


_FORMATS: Final = {".csv": "csv", ".json": "json", ".vcf": "vcard", ".vcard": "vcard"}


class ExportForm(Form[bool]):
    """Writes contacts into a new file; the end of its name says in which form."""

    def __init__(self, ids: Sequence[int], who: Phrase) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._who = who

    def heading(self) -> Content:
        return text.phrase(t("Export {who}", who=self._who), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("file", t("File"), t("its end says the form: .csv, .json or .vcf")),)

    def values(self) -> Mapping[str, str]:
        return {"file": "contacts.csv"}

    async def begun(self) -> None:
        # what stands in the field hides its hint
        self.say(text.phrase(t("its end says the form: .csv, .json or .vcf"), style="dim"))

    async def submit(self, values: Mapping[str, str]) -> bool | None:
        from tuicrm.tui.bridge import transfer
        from tuicrm.tui.importing import paths

        if not values["file"].strip():
            return None
        file: Path = paths.full(values["file"])
        form = _FORMATS.get(file.suffix.lower())
        if form is None:
            problem = FieldProblem("file", file.name, "export_ending")
            raise Invalid(
                "export_ending", fields=(problem,), file=file.name, choices=(".csv", ".json", ".vcf")
            )
        rows = await self.crm_app.bridge.read(transfer.export_some, self._ids, form, os.fspath(file))
        many = nt("{n} contact is in {file}.", "{n} contacts are in {file}.", rows, file=str(file))
        self.crm_app.say(many)
        return True

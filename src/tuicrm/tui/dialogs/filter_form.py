"""A name for a filter: when it is saved, and when it gets another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form


class FilterForm(Form[SavedFilter]):
    """Dismissed with the filter as it was saved, or None."""

    def __init__(self, what: str, filter_text: str) -> None:
        super().__init__()
        self._what = what
        self._text = filter_text

    def heading(self) -> Content:
        return text.phrase(t("Save this filter"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (
            FieldSpec("name", t("Name"), t("such as pumps this month")),
            FieldSpec("text", t("Filter")),
            _whose(),
        )

    def values(self) -> Mapping[str, str]:
        return {"text": self._text, "whose": "own"}

    async def submit(self, values: Mapping[str, str]) -> SavedFilter | None:
        from tuicrm.tui.bridge import saved_filters

        shared = values["whose"] == "shared"
        return await self.crm_app.bridge.write(
            saved_filters.save, self._what, values["name"], values["text"], shared=shared
        )


def _whose() -> FieldSpec:
    return FieldSpec("whose", t("Whose"), choices=(("own", t("mine alone")), ("shared", t("everybody's"))))


class RenameFilter(Form[SavedFilter]):
    """Another name for a filter, or others whose it is. Dismissed with the filter as it is then, or None."""

    def __init__(self, it: SavedFilter) -> None:
        super().__init__()
        self._it = it

    def heading(self) -> Content:
        return text.phrase(t("{name}: its name, and whose it is", name=self._it.name), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("name", t("Name")), _whose())

    def values(self) -> Mapping[str, str]:
        return {"name": self._it.name, "whose": "own" if self._it.agent else "shared"}

    async def submit(self, values: Mapping[str, str]) -> SavedFilter | None:
        from tuicrm.tui.bridge import saved_filters

        shared = values["whose"] == "shared" if "whose" in self.changed() else None
        return await self.crm_app.bridge.write(
            saved_filters.rename, self._it.id, values["name"], shared=shared
        )

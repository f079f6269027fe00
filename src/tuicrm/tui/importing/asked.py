"""What a person says of a file beside its columns: how it is encoded, whose numbers these are, to which worklist its
people come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuicrm.tui.screens.base import Place

if TYPE_CHECKING:
    from tuicrm.services.importing import Look


class Asked(Place):
    """A view of a file that can be asked about until it is imported."""

    found: Look | None = None
    country = ""
    encoding = ""
    """``""``: the one that the file shows."""
    worklist = ""

    def may_be_asked(self) -> bool:
        """Whether the file is still only looked at."""
        raise NotImplementedError

    def count_anew(self) -> None:
        """Something else was said of the file."""
        raise NotImplementedError

    def looked_anew(self) -> None:
        """``found`` is another look at the file, with other columns."""
        raise NotImplementedError

    def unasked(self) -> Iterable[str]:
        """Ids of the keys for which there is nothing to ask."""
        if not self.may_be_asked():
            return ("importing.region", "importing.encoding", "importing.worklist")
        people = self.found is not None and self.found.format in ("csv", "vcard", "json")
        return () if people else ("importing.worklist",)

    async def action_region(self) -> None:
        """Asks for the country of the numbers."""
        if not self.may_be_asked():
            return

        def chosen(code: str) -> None:
            self.country = code
            self.count_anew()

        from tuicrm.tui.importing import asking

        await asking.region(self.crm_app, self.country, chosen)

    async def action_encoding(self) -> None:
        """Asks how the file is encoded, where the letters show that it is another way."""
        found = self.found
        if not self.may_be_asked() or found is None:
            return

        def chosen(name: str) -> None:
            self.work(self._read_as(name), group="map")

        from tuicrm.tui.importing import asking

        await asking.encoding(self.crm_app, found.encoding if self.encoding else "", chosen)

    async def _read_as(self, name: str) -> None:
        assert self.found is not None, "only a file that was looked at is asked about"
        from tuicrm.tui.bridge import importing

        self.found = await self.bridge.long(importing.look, self.found.file, None, name)
        self.encoding = name
        self.looked_anew()

    async def action_worklist(self) -> None:
        """Asks for the worklist that its people are put on."""
        if "importing.worklist" in self.unasked():
            return

        def chosen(name: str) -> None:
            self.worklist = name
            self.count_anew()

        from tuicrm.tui.importing import asking

        await asking.worklist(self.crm_app, self.worklist, chosen)

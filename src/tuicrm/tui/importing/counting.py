"""What a whole file would do: read dry in a thread, while its first rows are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tuicrm.domain.errors import Invalid
from tuicrm.i18n import Phrase, t
from tuicrm.tui.bridge import importing
from tuicrm.tui.importing import said

if TYPE_CHECKING:
    from tuicrm.services.importing import Preview, Progress
    from tuicrm.tui.screens.base import Place


class Counting:
    """``preview``: what came of it, None before; ``told``: how far it is; ``useless``: why nothing can be made of it.

    ``painted`` is called when one of these is another one. ``stop`` ends what is being read, ``count`` does so too.
    """

    def __init__(self, view: Place, painted: Callable[[], None]) -> None:
        self.preview: Preview | None = None
        self.told: Phrase = t("Counting…")
        self.useless: Phrase | None = None
        self._view = view
        self._painted = painted
        self._round = 0

    def stop(self) -> None:
        """Whoever still counts stops at the next chunk."""
        self._round += 1

    async def count(
        self, file: Path, mapping: Mapping[str, str], region: str, worklist: str, encoding: str
    ) -> None:
        """Reads the whole file, dry; ends early when it is asked to count anew meanwhile, or to stop."""
        self._round += 1
        turn, app = self._round, self._view.crm_app
        self.told, self.useless, self.preview = t("Counting…"), None, None
        self._painted()

        def tell(progress: Progress) -> None:
            # in the other thread
            if turn != self._round or not self._view.is_attached or app.bridge.closing:
                raise importing.StopImport
            self.told = t("Counting… {rows}", rows=said.rows_done(progress))
            app.call_from_thread(self._painted)

        try:
            made = await app.bridge.long(
                importing.preview,
                file,
                mapping=dict(mapping),
                region=region or None,
                worklist=worklist,
                encoding=encoding,
                progress=tell,
            )
        except Invalid as error:
            if error.code != "csv_no_name":
                raise
            self.useless = t("No column is a name, a number or an address yet: choose what each holds.")
            return
        if turn == self._round and not made.report.stopped:
            self.preview = made

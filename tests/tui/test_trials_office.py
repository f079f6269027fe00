"""What an office manager stumbled on, on the screens."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, REZA, desk, fill

from tuicrm.domain.models import ContactPatch
from tuicrm.services import contacts
from tuicrm.services.context import Crm


def edited(crm: Crm) -> None:
    """Leila's company was edited, and after her Reza's."""
    fill(crm)
    contacts.edit(crm, LEILA, ContactPatch(company="Webb"))
    contacts.edit(crm, REZA, ContactPatch(company="Zand"))


async def test_undo_in_an_opened_action_takes_back_that_action_and_no_other(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "enter")
        assert "u take this back" in one.footer
        await one.press("u")
        assert contacts.get(one.crm, LEILA).company == "Pars Pump Co"
        assert contacts.get(one.crm, REZA).company == "Zand"
        assert "taken back" in one.screen
        assert not {"u take this back", "Enter open"} & set(one.footer.split("  "))
        await one.press("U")
        assert contacts.get(one.crm, LEILA).company == "Webb"


async def test_a_picker_takes_the_name_that_was_typed_before_longer_ones(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("theme")
        await one.press("enter")
        await one.type("light")
        await one.press("enter")
        assert one.app.theme == "light"
        await one.press("ctrl+p")
        await one.type("theme")
        await one.press("enter")
        await one.type("contrast")
        await one.press("enter")
        assert one.app.theme == "contrast-dark"

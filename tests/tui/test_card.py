"""The card on the screen: in brief when low, whole when high, scrolling, open over a list."""

from __future__ import annotations

from pathlib import Path

from tests.tui import samples
from tests.tui.desk import LEILA, REZA, desk, log
from textual.geometry import Region

from tuicrm.domain.models import ContactPatch
from tuicrm.services import contacts
from tuicrm.services.context import Crm, open_crm
from tuicrm.tui.screens.open_card import OpenCard
from tuicrm.tui.screens.today import TodayPlace
from tuicrm.tui.widgets.card import CardPane


def talkative(crm: Crm) -> None:
    """The desk, and sixty calls of one person."""
    from tests.tui import desk as setting

    setting.fill(crm)
    for number in range(60):
        log(crm, REZA, f"talk number {number:02} /-")


async def test_a_low_card_shows_the_last_talks_and_takes_no_focus(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        pane = one.app.query(CardPane).first()
        assert not pane.is_full
        await one.press("tab")
        assert one.app.focused is not pane
        assert len(pane.shown) <= pane.size.height


async def test_a_high_card_is_a_pane_that_scrolls(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=talkative, size=(140, 30)) as one:
        await one.press("j", "j")
        pane = one.app.query(CardPane).first()
        assert "talk number 59" in one.screen
        await one.press("tab")
        assert one.app.focused is pane
        await one.press("G")
        assert "talk number 59" not in one.screen
        assert "earlier calls" in pane.shown[-1]
        await one.press("g")
        assert "Atlas" in pane.shown[1]
        await one.press("tab", "k")
        assert "Pars Trading" in one.cursor_line


async def test_what_is_left_below_is_counted(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=talkative, size=(140, 30)) as one:
        await one.press("j", "j")
        assert "↓" in one.app.query(CardPane).first().shown[-1]


async def test_an_outcome_key_in_the_card_logs_for_the_person_shown(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        await one.press("tab", "n")
        assert [call.contact.id for call in one.calls() if call.contact] == [LEILA]


async def test_the_open_card_scrolls_and_names_its_keys(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=talkative) as one:
        await one.press("2", "G", "enter")
        assert "Reza Ahmadi · Atlas" in one.lines[1]
        for key in ("l log a call", "d dial", "e edit", "q back", ". more"):
            assert key in one.footer
        await one.press("pagedown", "pagedown")
        assert "talk number 59" not in one.screen
        await one.press("g")
        assert "talk number 59" in one.screen
        await one.press("q")
        assert not one.app.query(OpenCard)


async def test_a_call_logged_from_the_open_card_is_in_its_timeline(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("enter", "l")
        await one.type("price sent")
        await one.press("enter")
        assert one.app.query(OpenCard)
        assert any("price sent" in line and "today" in line for line in one.lines)


async def test_a_contact_deleted_from_its_card_closes_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "enter", "delete", "y")
        assert not one.app.query(OpenCard)
        assert "Leila Karimi" not in one.lines[3]
        await one.press("u")
        assert any("Leila Karimi" in line for line in one.lines)


async def test_another_sessions_change_is_on_the_open_card(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("enter")
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        contacts.edit(other, LEILA, ContactPatch(note="Prefers mornings."))
        await one.app.listener.look()
        await one.rest()
        assert "Prefers mornings." in one.screen
        other.close()


async def test_d_says_what_it_does_now(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(120, 30)) as one:
        assert "d dial" in one.footer
        await one.press("d", "escape")
        assert "● Leila Karimi" in one.lines[0]
        assert "d hang up" in one.footer
        await one.press("d")
        assert "○ Leila Karimi" in one.lines[0]
        assert "d to the call" in one.footer


async def test_another_persons_card_repaints_only_what_has_text(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        pane = CardPane()
        await one.app.shell.query_one(TodayPlace).mount(pane)
        await one.rest()
        painted: list[tuple[Region, ...]] = []
        pane.show_card(samples.card(), samples.SCENE)
        pane.refresh = lambda *regions, **_: painted.append(regions)  # type: ignore[assignment,method-assign]
        pane.show_card(samples.card(contact=samples.contact(name="Reza", company="")), samples.SCENE)
        title = painted[0][0]
        assert (title.y, title.height) == (0, 1)
        assert title.width < pane.size.width


async def test_the_first_card_brings_the_whole_rule_above_it(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        pane = one.widget(TodayPlace).card
        card, scene = pane.card, one.widget(TodayPlace).scene
        assert card is not None
        assert scene is not None
        pane.show_card(None, scene)
        regions: list[Region] = []
        pane.refresh = lambda *shown, **_: regions.extend(shown)  # type: ignore[assignment,method-assign]
        pane.show_card(card, scene)
        assert pane.size.width in [region.width for region in regions if region.y == 0]


async def test_a_held_cursor_key_reads_the_card_where_it_stops(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        one.keys_at(("j", 1.0), ("j", 1.03), ("j", 1.06))
        await one.rest()
        assert any("Nadia Rostami" in line for line in one.lines if line.startswith("─"))

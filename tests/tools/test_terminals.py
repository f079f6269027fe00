"""The pictures from real terminals: the page, the files and the tool that makes them say the same."""

from __future__ import annotations

import re
from pathlib import Path

from tools.terminals.__main__ import PICTURES, plan
from tools.terminals.emulators import EMULATORS
from tools.terminals.office import AGENT, NOW, PEOPLE, open_office
from tools.terminals.sessions import file_name

from tuicrm.domain.clock import FrozenClock, clock_from_environment
from tuicrm.services import find, today
from tuicrm.services.context import open_crm
from tuicrm.settings import Settings

PAGE = PICTURES.with_suffix(".md")


def taken() -> set[str]:
    """The names of all pictures that the tool takes."""
    return {
        file_name(emulator, scene, language)
        for emulator in EMULATORS
        for language, scenes in plan(emulator)
        for scene in scenes
    }


def test_the_page_shows_every_picture_that_is_taken_and_no_other() -> None:
    shown = set(re.findall(r"\(terminals/([^)]+\.png)\)", PAGE.read_text("utf-8")))
    assert shown == taken()


def test_every_picture_is_there_and_none_is_left_over() -> None:
    assert {path.name for path in PICTURES.iterdir()} == taken()


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert [name for name, size in sizes.items() if size > 60_000] == []
    assert sum(sizes.values()) < 3_000_000


def test_a_scene_asked_for_by_name_is_taken_only_where_it_belongs() -> None:
    by_name = {emulator.name: emulator for emulator in EMULATORS}
    assert [scene.name for _, scenes in plan(by_name["vte"], ["bar"]) for scene in scenes] == ["bar"]
    assert plan(by_name["kitty-unset"], ["bar"]) == []


def test_the_office_in_the_pictures_has_its_people_and_their_promises(tmp_path: Path) -> None:
    open_office(tmp_path / "office.db")
    clock = clock_from_environment({"TUICRM_NOW": NOW})
    assert isinstance(clock, FrozenClock)
    settings = Settings(
        database=str(tmp_path / "office.db"),
        agent=AGENT,
        zone="Asia/Tehran",
        region="IR",
        file=tmp_path / "s.toml",
    )
    crm = open_crm(settings, via="cli", clock=clock)
    try:
        assert [row.contact.name for row in today.queue(crm)][:2] == [PEOPLE[0].name, PEOPLE[1].name]
        assert [row.name for row in find.find(crm, "خیالی‌نژاد")] == [PEOPLE[5].name]
    finally:
        crm.close()

"""One table of keys: no clashes, honest footer, current cheat sheet, and a user's own keys checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.test_keys_by_position import TEXT_SCOPES
from textual.keys import _character_to_key

from tuicrm.domain.errors import Invalid
from tuicrm.messages import MESSAGES
from tuicrm.settings_table import BY_NAME
from tuicrm.tui import keymap, keysheet
from tuicrm.tui.keytable import AREA_TITLES, KEYS, OUTCOME_LETTERS, PLACES, SCOPES

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def shipped_keys() -> Iterator[None]:
    yield
    keymap.use({})


def test_the_shipped_keys_do_not_clash_in_any_scope() -> None:
    assert keymap.clashes({}) == []


def test_ids_are_unique_and_named_area_dot_verb() -> None:
    ids = [row.id for row in KEYS]
    assert len(ids) == len(set(ids))
    assert all(id.count(".") == 1 for id in ids)
    assert {row.area for row in KEYS} <= AREA_TITLES.keys()


def test_every_area_acts_in_some_scope() -> None:
    used = {area for areas in SCOPES.values() for area in areas}
    assert {row.area for row in KEYS} <= used


def test_outcome_letters_are_free_on_every_place() -> None:
    for place in (*PLACES, "card"):
        taken = {part for row in keymap.of_scope(place) for part in row.keys.split(",")}
        assert not taken & set(OUTCOME_LETTERS), place


def test_keys_taken_by_text_fields_and_multiplexers_are_bound_nowhere() -> None:
    taken = {part for row in KEYS for part in row.keys.split(",")}
    assert not taken & (keymap.RESERVED | keymap.IN_TEXT)


def test_areas_of_text_fields_are_those_in_which_letters_are_text() -> None:
    assert {area for scope in TEXT_SCOPES for area in SCOPES[scope]} - {"app"} == keymap.TEXT_AREAS


@pytest.mark.parametrize("sign", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
def test_signs_have_the_names_that_textual_gives_them(sign: str) -> None:
    assert keymap.split(sign if sign != "," else "comma") == (_character_to_key(sign),)
    assert keymap.display(_character_to_key(sign)) == sign


def test_a_key_may_be_written_as_people_write_it() -> None:
    written = "Ctrl+L, F2, Esc, /, U, Shift+u, PgDn, ز"
    assert keymap.split(written) == ("ctrl+l", "f2", "escape", "slash", "U", "U", "pagedown", "c")


def test_the_cheat_sheet_is_current() -> None:
    """Made anew by: python -m tuicrm.tui.keysheet > docs/keys.md"""
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == keysheet.page()


def test_keys_are_shown_as_on_their_caps() -> None:
    shown = [
        keymap.display(key) for key in ("ctrl+p", "alt+1", "escape", "slash", "U", "shift+tab", "f2", "j")
    ]
    assert shown == ["Ctrl+P", "Alt+1", "Esc", "/", "U", "Shift+Tab", "F2", "j"]


def test_the_footer_lists_the_most_important_keys_first() -> None:
    keys = keymap.footer_keys("barline")
    assert [key.key for key in keys[:2]] == ["Enter", "Tab"]
    assert keymap.footer_keys("barline", ["barline.save"])[0].key == "Tab"


def test_a_user_may_move_a_key() -> None:
    keymap.use({"record.log": "ctrl+l"})
    assert keymap.keys_of(keymap.key("record.log")) == ("ctrl+l",)
    assert "Ctrl+L" in [key.key for key in keymap.footer_keys("today")]


@pytest.mark.parametrize(
    ("user", "code", "named"),
    [
        ({"record.log": "d"}, "keymap_clash", ("record.log", "record.dial")),
        ({"record.log": "n"}, "keymap_clash", ("record.log", "outcome")),
        ({"record.lgo": "x"}, "keymap_unknown_near", ("record.lgo", "record.log")),
        ({"nothing.like_it": "x"}, "keymap_unknown", ("nothing.like_it",)),
        ({"record.log": "ctrl+b"}, "keymap_reserved", ("record.log",)),
        ({"app.quit": "", "place.back": ""}, "keymap_needed", ("app.quit",)),
        ({"app.palette": ""}, "keymap_needed", ("app.palette",)),
        ({"record.search": "?"}, "keymap_clash", ("record.search", "place.help")),
        ({"record.log": "f99"}, "keymap_no_key", ("record.log", "f99")),
        ({"barline.save": "x"}, "keymap_text", ("barline.save", "x")),
        ({"app.palette": ":"}, "keymap_text", ("app.palette", ":")),
        ({"form.save": "ctrl+d"}, "keymap_reserved", ("form.save", "Ctrl+D")),
    ],
)
def test_a_keymap_with_a_clash_or_an_unknown_id_is_refused_and_named(
    user: dict[str, str], code: str, named: tuple[str, ...]
) -> None:
    problems = keymap.check(user)
    assert code in [problem.code for problem in problems]
    said = " ".join(str(value) for problem in problems for value in problem.params.values())
    assert all(name in said for name in named)
    with pytest.raises(Invalid):
        keymap.use(user)
    assert keymap.moved() == {}


def test_what_text_fields_take_is_free_where_there_is_none() -> None:
    assert keymap.check({"list.page_down": "ctrl+d"}) == []


def test_a_key_that_is_taken_away_is_named_nowhere() -> None:
    keymap.use({"place.help": "", "record.dial": ""})
    assert keymap.keys_of(keymap.key("record.dial")) == ()
    assert keymap.cap(keymap.key("place.help")) == ""
    assert "dial" not in [key.label for key in keymap.footer_keys("today")]
    assert "`place.help`" not in keysheet.own()


def test_a_moved_key_stands_under_its_own_name() -> None:
    assert keymap.cap(keymap.key("picker.up")) == "↑↓"
    keymap.use({"picker.up": "ctrl+y"})
    assert keymap.cap(keymap.key("picker.up")) == "Ctrl+Y"


@pytest.mark.parametrize("name", ["vim", "function"])
def test_a_preset_can_be_used_and_leaves_the_outcome_letters_alone(name: str) -> None:
    base = keymap.preset(name)
    assert base
    assert keymap.check(base) == keymap.check({}, base) == []
    keymap.use({}, base)
    for place in (*PLACES, "card"):
        taken = {part for row in keymap.of_scope(place) for part in keymap.keys_of(row)}
        assert not taken & set(OUTCOME_LETTERS), place


def test_a_preset_takes_nothing_away() -> None:
    for name in keymap.presets():
        for id, keys in keymap.preset(name).items():
            lost = set(keymap.shipped_keys(keymap.key(id))) - set(keymap.split(keys))
            assert lost <= {"k"}, (name, id)


def test_ones_own_keys_are_stronger_than_the_preset() -> None:
    base = keymap.preset("function")
    keymap.use({"record.log": "ctrl+l"}, base)
    assert keymap.keys_of(keymap.key("record.log")) == ("ctrl+l",)
    assert keymap.keys_of(keymap.key("record.search")) == ("f3", "slash")
    clash = keymap.check({"record.copy": "f3"}, base)
    assert [problem.params["other"] for problem in clash if problem.code == "keymap_clash"]


def test_a_file_that_is_refused_leaves_the_preset(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"record.log" = "d"\n')
    error = keymap.begin(file, "function")
    assert error is not None
    assert error.fields[0].code == "keymap_clash"
    assert keymap.keys_of(keymap.key("record.log")) == ("f2", "l")


def test_the_keymaps_are_those_of_the_setting() -> None:
    assert keymap.presets() == (BY_NAME["keys"].choices[0], *sorted(BY_NAME["keys"].choices[1:]))


def test_two_keys_may_be_swapped() -> None:
    assert keymap.check({"record.log": "d", "record.dial": "l"}) == []


def test_a_clash_in_one_scope_only_is_found_there() -> None:
    clash = keymap.check({"barline.complete": "enter"})
    assert [problem.params["scope"] for problem in clash] == ["barline"]


def test_a_keymap_file_is_read_with_quoted_or_dotted_ids(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"record.log" = "ctrl+l"\nplace.undo = ["u", "ctrl+z"]\n')
    assert keymap.load(file) == {"record.log": "ctrl+l", "place.undo": "u,ctrl+z"}
    assert keymap.load(tmp_path / "none.toml") == {}


def test_a_keymap_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text("what?")
    with pytest.raises(Invalid):
        keymap.load(file)


def test_every_refusal_of_a_keymap_has_a_sentence() -> None:
    codes = {"keymap_clash", "keymap_unknown", "keymap_unknown_near", "keymap_reserved"}
    codes |= {"keymap_no_key", "keymap_text"}
    assert codes <= MESSAGES.keys()

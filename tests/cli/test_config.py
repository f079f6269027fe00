"""``tuicrm config``: what is set, where it comes from, and setting it without an editor."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm.settings_table import SETTINGS


def file_of(shell: Shell) -> Path:
    return Path(shell.json("config", "path")["path"])


def test_every_setting_is_shown_with_its_value_and_its_source(shell: Shell) -> None:
    shell.ok("config", "set", "theme", "light")
    told = shell.json("config", "show")
    assert [one["name"] for one in told] == [row.name for row in SETTINGS]
    by_name = {one["name"]: one for one in told}
    assert (by_name["theme"]["value"], by_name["theme"]["source"]) == ("light", "file")
    assert (by_name["agent"]["source"], by_name["agent"]["from"]) == ("variable", "TUICRM_AGENT")
    assert by_name["link"]["choices"] == ["normal", "slow"]
    lines = {line.split()[0]: line for line in shell.ok("config", "show").out.splitlines()}
    assert lines["theme"].split() == ["theme", "light", "settings.toml"]
    assert "TUICRM_AGENT" in lines["agent"]
    assert "by the locale" in lines["language"]


def test_one_setting_is_shown_whole(shell: Shell) -> None:
    out = shell.ok("config", "show", "theme", "--as", "reza").out
    assert "dark" in out
    assert "colour-blind" in out or "ansi" in out
    assert "TUICRM_THEME" in out
    assert shell.json("config", "show", "agent", "--as", "reza")["from"] == "--as"


def test_what_is_set_acts_at_the_next_start(leila: Shell) -> None:
    said = leila.ok("config", "set", "digits", "persian").out
    assert "digits" in said
    assert "persian" in said
    leila.ok("log", "leila", "sent")
    assert "۰۹:۳۰" in leila.ok("call", "list").out
    leila.ok("config", "unset", "digits")
    assert "09:30" in leila.ok("call", "list").out
    assert leila.json("config", "show", "digits")["source"] == "default"


def test_taking_out_what_is_not_set_says_so(shell: Shell) -> None:
    assert "was not set" in shell.ok("config", "unset", "digits").out


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("bidi", "sideways", "visual"),
        ("theme", "pink", "ansi"),
        ("keys", "emacs", "vim"),
        ("plain", "perhaps", "off"),
        ("zone", "Mars/Olympus", "Mars/Olympus"),
        ("colour", "red", "theme"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_that_names_the_good_ones(
    shell: Shell, key: str, value: str, named: str
) -> None:
    done = shell("config", "set", key, value)
    assert (done.code, done.out, done.err.count("\n")) == (5, "", 1)
    assert named in done.err
    assert not file_of(shell).exists()
    assert shell("config", "set", key, value, "--json").error["code"] == "invalid"


def test_a_variable_that_is_stronger_is_named(shell: Shell) -> None:
    done = shell.ok("config", "set", "agent", "reza")
    assert "TUICRM_AGENT" in done.err
    assert "sara" in done.err
    assert 'agent = "reza"' in file_of(shell).read_text(encoding="utf-8")


def test_a_settings_file_that_is_refused_can_be_mended(shell: Shell) -> None:
    file = file_of(shell)
    file.parent.mkdir(parents=True)
    file.write_text('bidi = "sideways"   # what was I thinking\n', encoding="utf-8")
    assert shell("call", "list").code == 5
    assert shell("config", "show").code == 5
    assert shell.ok("config", "path").out.strip() == str(file)
    shell.ok("config", "set", "bidi", "logical")
    assert file.read_text(encoding="utf-8") == 'bidi = "logical"   # what was I thinking\n'
    shell.ok("call", "list")


def test_what_is_no_setting_can_be_taken_out_and_another_fault_stops_nothing(shell: Shell) -> None:
    file = file_of(shell)
    file.parent.mkdir(parents=True)
    file.write_text('langauge = "en"\n', encoding="utf-8")
    done = shell.ok("config", "set", "theme", "light")
    assert "theme is light" in done.out
    assert "langauge" in done.err
    assert "langauge is no longer in" in shell.ok("config", "unset", "langauge").out
    assert file.read_text(encoding="utf-8") == 'theme = "light"\n'
    assert shell("config", "unset", "langauge").code == 5


@pytest.mark.parametrize("kind", ["bytes", "syntax", "colour", "folder", "pipe"])
def test_a_theme_that_cannot_be_shown_is_not_taken(shell: Shell, kind: str) -> None:
    theme = file_of(shell).with_name("themes") / "own.toml"
    theme.parent.mkdir(parents=True)
    if kind == "folder":
        theme.mkdir()
    elif kind == "pipe":
        os.mkfifo(theme)
    else:
        theme.write_bytes({"bytes": b"\xff\xfe", "syntax": b"x = [", "colour": b'ground = "#12345"'}[kind])
    done = shell("config", "set", "theme", "own")
    assert (done.code, done.out, done.err.count("\n")) == (5, "", 1)
    assert "own" in done.err
    assert not file_of(shell).exists()
    # whoever looks what is wrong waits for no pipe
    assert "own" in shell("doctor").out


def test_a_mark_that_an_editor_puts_before_the_text_is_no_part_of_it(shell: Shell) -> None:
    file = file_of(shell)
    file.parent.mkdir(parents=True)
    file.write_bytes(b'\xef\xbb\xbftheme = "light"\r\n')
    assert shell.json("config", "show", "theme")["value"] == "light"
    shell.ok("config", "set", "theme", "ledger")
    assert file.read_bytes() == b'theme = "ledger"\r\n'


def test_a_database_is_remembered_whatever_folder_one_is_in(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TUICRM_DB")
    monkeypatch.chdir(shell.folder)
    shell.ok("config", "set", "database", "office.db")
    assert shell.json("config", "show", "database")["value"] == str(shell.folder / "office.db")


# --- keys ---------------------------------------------------------------------------------------------------


def keymap(shell: Shell, text: str) -> Path:
    file = Path(shell.json("keys", "path")["path"])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[keys]\n{text}\n", encoding="utf-8")
    return file


def test_the_keys_in_use_are_listed_ones_own_and_the_presets_included(shell: Shell) -> None:
    shell.ok("config", "set", "keys", "function")
    keymap(shell, '"record.dial" = "ctrl+l"')
    rows = {row["id"]: row for row in shell.json("keys")}
    assert (rows["record.log"]["keys"], rows["record.log"]["moved"]) == (["f2", "l"], True)
    assert (rows["record.dial"]["keys"], rows["record.dial"]["default"]) == (["ctrl+l"], ["d"])
    assert rows["place.help"]["does"] == "help"
    line = next(line for line in shell.ok("keys", "list").out.splitlines() if "record.log" in line)
    assert line.split() == ["F2", "l", "log", "a", "call", "record.log"]


def test_the_cheat_sheet_is_ones_own(shell: Shell) -> None:
    assert "| `l` | log a call | `record.log` |" in shell.ok("keys", "--markdown").out
    keymap(shell, '"record.log" = "Ctrl+L"\n"record.copy" = ""')
    sheet = shell.ok("keys", "list", "--markdown").out
    assert "| `Ctrl+L` | log a call | `record.log` |" in sheet
    assert "record.copy" not in sheet


def test_a_keymap_is_checked_before_it_is_used(shell: Shell) -> None:
    assert shell.json("keys", "check") == {"ok": True, "problems": []}
    file = keymap(shell, '"record.log" = "d"\n"record.lgo" = "x"\n"record.edit" = "n"')
    done = shell("keys", "check", str(file))
    assert done.code == 5
    assert "record.dial" in done.out
    assert "record.lgo" in done.out
    assert "outcome" in done.out
    problems = shell("keys", "check", "--json").data["problems"]
    assert {"record.lgo", "record.edit"} <= {problem["id"] for problem in problems}
    listed = shell.ok("keys")
    assert "keys.toml is not used" in listed.err
    assert "record.log" in listed.out
    assert shell("keys", "check", str(file.with_name("none.toml"))).code == 4


def test_the_presets_are_listed_and_one_can_be_taken_as_ones_own_file(shell: Shell) -> None:
    shell.ok("config", "set", "keys", "vim")
    assert [(one["name"], one["in_use"]) for one in shell.json("keys", "presets")] == [
        ("default", False),
        ("function", False),
        ("vim", True),
    ]
    text = shell.ok("keys", "presets", "function").out
    file = keymap(shell, "")
    file.write_text(text, encoding="utf-8")
    assert shell.json("keys", "check")["ok"]
    assert shell("keys", "presets", "emacs").code == 5

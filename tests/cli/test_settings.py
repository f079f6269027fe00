"""Settings: which source wins, and how a wrong one is named."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm import paths, settings
from tuicrm.domain.errors import Invalid, Unavailable
from tuicrm.settings import Origin, load, origins, save, system_zone, unset


def environ(home: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(home), **more}


def write(home: Path, text: str) -> Path:
    file = home / ".config" / "tuicrm" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_any_setting_the_database_is_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(environ(tmp_path))
    assert settings.database_path == tmp_path / ".local/share/tuicrm/tuicrm.db"
    assert (settings.agent, settings.bidi, settings.keyboard) == ("", "auto", "fa")
    assert list(tmp_path.iterdir()) == [], "looking makes no folder"


def test_options_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'agent = "file"\ntheme = "file"\nregion = "ir"\n')
    settings = load(environ(tmp_path, TUICRM_AGENT="variable", TUICRM_DB="/a.db"), database="/b.db")
    assert (settings.agent, settings.theme, settings.region) == ("variable", "file", "IR")
    assert settings.database == "/b.db"
    assert load(environ(tmp_path, TUICRM_AGENT="variable"), agent="option").agent == "option"


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("colour = 'red'", "settings_key_unknown", "colour"),
        ("agent = 3", "settings_not_text", "agent"),
        ("bidi = 'sideways'", "settings_value", "bidi"),
        ("plain = 'perhaps'", "settings_value", "plain"),
        ("link = true", "settings_not_text", "link"),
        ("calendar = 'mayan'", "settings_value", "calendar"),
        ("digits = 'roman'", "settings_value", "digits"),
        ("region = 'Iran'", "settings_region", "region"),
        ("zone = 'Mars/Olympus'", "settings_zone", "zone"),
        ("agent = ", "settings_not_toml", None),
    ],
)
def test_a_wrong_setting_is_refused_by_file_and_key(
    tmp_path: Path, text: str, code: str, key: str | None
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(Invalid) as refused:
        load(environ(tmp_path))
    assert (refused.value.code, refused.value.params["file"], refused.value.params.get("key")) == (
        code,
        str(file),
        key,
    )


def test_calendar_and_digits_come_from_the_file_or_the_environment(tmp_path: Path) -> None:
    write(tmp_path, 'calendar = "jalali"\ndigits = "persian"\n')
    settings = load(environ(tmp_path, TUICRM_DIGITS="latin"))
    assert (settings.calendar, settings.digits) == ("jalali", "latin")


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        load(environ(tmp_path, TUICRM_BIDI="sideways"))
    assert refused.value.params["file"] == "TUICRM_BIDI"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/var/crm.db", "/var/crm.db"),
        ("sqlite:////var/crm.db", "/var/crm.db"),
        ("sqlite:///crm.db", "crm.db"),
        ("postgresql://host/crm", None),
    ],
)
def test_a_database_is_a_path_or_an_address(tmp_path: Path, text: str, path: str | None) -> None:
    found = load(environ(tmp_path), database=text).database_path
    assert found == (None if path is None else Path(path))


def test_folders_follow_xdg_and_ignore_relative_ones(tmp_path: Path) -> None:
    given = environ(tmp_path, XDG_STATE_HOME="/state", XDG_DATA_HOME="data")
    assert paths.log_file(given) == Path("/state/tuicrm/tuicrm.log")
    assert paths.database_file(given) == tmp_path / ".local/share/tuicrm/tuicrm.db"
    assert paths.settings_file(environ(tmp_path, TUICRM_CONFIG="/x.toml")) == Path("/x.toml")


def test_the_zone_of_the_machine_is_the_variables(tmp_path: Path) -> None:
    assert system_zone(environ(tmp_path, TZ=":Asia/Tehran")) == "Asia/Tehran"
    assert system_zone(environ(tmp_path, TZ="/usr/share/zoneinfo/Europe/Berlin")) == "Europe/Berlin"


def test_every_value_says_where_it_comes_from(tmp_path: Path) -> None:
    file = write(tmp_path, 'theme = "light"\nagent = "file"\n')
    found = origins(environ(tmp_path, TUICRM_AGENT="variable", TUICRM_LINK="slow"), database="/b.db")
    assert found["database"] == Origin("/b.db", "option", "--db")
    assert found["agent"] == Origin("variable", "variable", "TUICRM_AGENT")
    assert found["link"] == Origin("slow", "variable", "TUICRM_LINK")
    assert found["theme"] == Origin("light", "file", str(file))
    assert found["bidi"] == Origin("auto")


@pytest.mark.parametrize("yes", ["plain = true", 'plain = "yes"', 'plain = "on"', 'plain = "1"'])
def test_a_switch_is_set_by_any_word_for_yes(tmp_path: Path, yes: str) -> None:
    write(tmp_path, yes)
    assert load(environ(tmp_path)).plain == "on"
    assert load(environ(tmp_path, TUICRM_PLAIN="0")).plain == "off"


LINES = st.one_of(
    st.sampled_from(
        ["", "# mine", 'theme = "light"', 'agent="سارا"', '  zone  =  "a b"  ', "link = 'slow'", "[keys]"]
    ),
    st.text("ab_-= \"'#\\\t\r1[]\u00e9\x07", max_size=12),
)


@given(st.lists(LINES, max_size=5).map("\n".join))
def test_a_file_of_plain_lines_is_read_as_toml_reads_it(text: str) -> None:
    simple = settings._simple(text)
    if simple is not None:
        assert simple == tomllib.loads(text)


def test_a_settings_file_of_plain_lines_does_without_the_reader_of_toml() -> None:
    assert settings._simple('# me\nagent = "sara"\r\n\ntheme = "light"\n') == {
        "agent": "sara",
        "theme": "light",
    }
    assert settings._simple('agent = "sara" # me') is None
    assert settings._simple("plain = true") is None


# --- writing ------------------------------------------------------------------------------------------------

WRITTEN = """# my own settings
agent = "sara"   # me

# the one in the office
theme = "light"
region = 'IR'
"""


def test_one_key_is_written_and_all_else_stays_as_it_was(tmp_path: Path) -> None:
    file = write(tmp_path, WRITTEN)
    assert save(file, "theme", "dark") == "dark"
    assert file.read_text(encoding="utf-8") == WRITTEN.replace('"light"', '"dark"')
    save(file, "link", "slow")
    assert file.read_text(encoding="utf-8") == WRITTEN.replace('"light"', '"dark"') + 'link = "slow"\n'
    assert load(environ(tmp_path)).link == "slow"
    assert unset(file, "theme")
    assert not unset(file, "theme")
    assert "theme" not in file.read_text(encoding="utf-8")
    assert "# the one in the office" in file.read_text(encoding="utf-8")


def test_what_is_written_reads_back_whatever_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for value in ('a "quoted" name', "back\\slash", "سارا", "two\nlines", "tab\there"):
        save(file, "database", value)
        assert load(environ(tmp_path), file=file).database == value


def test_a_settings_file_is_private_and_made_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "tuicrm" / "settings.toml"
    save(file, "theme", "light")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [one.name for one in file.parent.iterdir()] == ["settings.toml"]


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('agent = "sara"\n', encoding="utf-8")
    file = tmp_path / "settings.toml"
    file.symlink_to(real)
    save(file, "theme", "light")
    assert file.is_symlink()
    assert 'theme = "light"' in real.read_text(encoding="utf-8")


def test_a_value_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, WRITTEN)
    for name, value in (
        ("bidi", "sideways"),
        ("region", "Iran"),
        ("zone", "Mars/Olympus"),
        ("colour", "red"),
    ):
        with pytest.raises(Invalid) as refused:
            save(file, name, value)
        assert "file" not in refused.value.params
    assert file.read_text(encoding="utf-8") == WRITTEN


def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    file = write(tmp_path, "agent = ")
    with pytest.raises(Invalid) as refused:
        save(file, "theme", "light")
    assert refused.value.code == "settings_not_toml"
    assert file.read_text(encoding="utf-8") == "agent = "


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "not a folder").write_text("")
    with pytest.raises(Unavailable) as refused:
        save(tmp_path / "not a folder" / "settings.toml", "theme", "light")
    assert refused.value.code == "settings_unwritable"


@pytest.mark.parametrize("name", ["clipboard", "dialler"])
def test_a_command_whose_program_is_not_there_is_refused_when_it_is_set(tmp_path: Path, name: str) -> None:
    file = write(tmp_path, "")
    with pytest.raises(Invalid) as refused:
        save(file, name, "nosuchcmd --dial")
    assert (refused.value.code, refused.value.params["program"]) == ("setting_program", "nosuchcmd")
    save(file, name, "cat")
    assert getattr(load(environ(tmp_path)), name) == "cat"
    write(tmp_path, f'{name} = "nosuchcmd --dial"\n')
    assert getattr(load(environ(tmp_path)), name) == "nosuchcmd --dial", (
        "another machine's file is no reason not to begin"
    )

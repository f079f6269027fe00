"""Settings: which source wins, and how a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuicrm import paths
from tuicrm.domain.errors import Invalid
from tuicrm.settings import load, system_zone


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

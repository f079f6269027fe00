"""Which language is spoken: ``TUICRM_LANG``, else the setting, else the locale's; and how the shell speaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.test_imports import loaded
from tests.cli.conftest import shell
from tests.cli.shell import Shell
from tuicrm import i18n
from tuicrm.i18n import t

__all__ = ["shell"]
PERSIAN, ENGLISH = "کسی با این مشخصات نیست", "Nobody fits"


@pytest.mark.parametrize(
    ("environ", "file", "said"),
    [
        ({}, "", ENGLISH),
        ({"LANG": "fa_IR.UTF-8"}, "", PERSIAN),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fa_IR"}, "", PERSIAN),
        ({"LANG": "fa_IR.UTF-8", "LC_ALL": "C.UTF-8"}, "", ENGLISH),
        ({"LANG": "en_GB.UTF-8"}, 'language = "fa"', PERSIAN),
        ({"LANG": "fa_IR.UTF-8"}, 'language = "en"', ENGLISH),
        ({"TUICRM_LANG": "en"}, 'language = "fa"', ENGLISH),
        ({"TUICRM_LANG": "fa", "LC_ALL": "C"}, 'language = "en"', PERSIAN),
    ],
)
def test_the_language_is_the_variables_else_the_settings_else_the_locales(
    shell: Shell, environ: dict[str, str], file: str, said: str
) -> None:
    shell.set(**environ)
    if file:
        folder = shell.folder / "config" / "tuicrm"
        folder.mkdir(parents=True)
        (folder / "settings.toml").write_text(file, encoding="utf-8")
    refused = shell("contact", "show", "nobody")
    assert said in refused.err


def test_a_language_that_is_not_there_is_refused_with_those_that_are(shell: Shell) -> None:
    shell.set(TUICRM_LANG="klingon")
    refused = shell("contact", "list")
    assert refused.code == 5
    assert "en, fa" in refused.err


def test_json_has_the_message_in_the_language_without_marks_and_the_code_as_ever(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    refused = shell("log", "nobody", "--zz", "--json")
    assert refused.error["code"] == "usage"
    assert refused.error["message"].startswith("گزینهٔ --zz وجود ندارد")
    assert not set(refused.err) & set("\u2066\u2067\u2069\u200e")


def test_help_is_persian_from_the_heading_to_the_last_command(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    told = shell.program("contact", "--help").out.splitlines()
    assert told[0].startswith("کاربرد: tuicrm contact")
    assert "گزینه‌ها:" in told
    assert "فرمان‌ها:" in told
    assert [" ".join(line.split()) for line in told if line.startswith("  add ")] == [
        "add افزودن مخاطب: نام یا شماره کافی است."
    ]


def test_what_is_typed_is_isolated_on_a_screen_and_bare_in_a_pipe() -> None:
    for isolate, option in ((True, "\u2066--all\u2069"), (False, "--all")):
        i18n.use("fa", isolate=isolate)
        said = t("There is more; --all shows everything.")
        i18n.use("en")
        assert f"{option} " in said


def test_persian_on_the_quick_path_loads_the_catalogue_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(tmp_path, "contact", "add", "Leila Karimi")
    english = loaded(tmp_path, "log", "leila", "price list sent")
    monkeypatch.setenv("TUICRM_LANG", "fa")
    persian = loaded(tmp_path, "log", "leila", "price list sent")
    assert "tuicrm.catalogue" in persian
    assert not {
        name for name in persian - english if name.startswith(("tuicrm.tui", "tuicrm.locale", "babel"))
    }

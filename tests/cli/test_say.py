"""What is printed is clean, stands in columns, and keeps Persian where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tuicrm import i18n
from tuicrm.cli import say
from tuicrm.domain.errors import FieldProblem, Invalid, NotFound
from tuicrm.i18n import Phrase, nt, sentence, t
from tuicrm.shaping import shaped

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")
    say._screen.isolate = say._screen.visual = False


def table(capsys: pytest.CaptureFixture[str], *rows: tuple[object, ...]) -> list[str]:
    say.table(rows)
    return capsys.readouterr().out.splitlines()


def test_columns_are_as_wide_as_what_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    lines = table(capsys, ("لیلا", "x"), ("محمّد", "y"), ("日本", "z"), ("a", "w"))
    assert [line.split()[-1] for line in lines] == ["x", "y", "z", "w"]
    assert [say.cells(line) for line in lines] == [7, 7, 7, 7]


def test_for_a_screen_reader_no_line_is_written_over_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    say.start(plain=False)
    assert say.on_error_terminal()
    say.start(plain=True)
    assert not say.on_error_terminal()
    say.start(plain=False)


def test_empty_columns_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert table(capsys, ("a", None, "b"), ("c", "", "d")) == ["a  b", "c  d"]


def test_controls_are_shown_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    [line] = table(capsys, ("a\x1b[31m\nb\u202ec", 1))
    assert not set(line) & set("\x1b\n\u202e")


def test_on_a_screen_each_cell_of_a_persian_row_is_isolated(capsys: pytest.CaptureFixture[str]) -> None:
    say._screen.isolate = True
    persian, english = table(capsys, ("لیلا", "0912"), ("Leila", "0935"))
    assert f"{RLI}لیلا{PDI}" in persian
    assert f"{LRI}0912{PDI}" in persian
    assert english == "Leila  0935"


def test_a_terminal_that_reorders_nothing_gets_letters_in_the_order_they_are_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say._screen.isolate = say._screen.visual = True
    persian, english = table(capsys, ("پری", "(0912)"), ("Leila", "0935"))
    assert persian == f"{shaped('پری')[::-1]}    (0912)"
    assert english == "Leila  0935"
    say.line(Phrase("پری آمد."))
    assert capsys.readouterr().out == f".{shaped('آمد')[::-1]} {shaped('پری')[::-1]}\n"


def test_in_a_pipe_nothing_is_isolated(capsys: pytest.CaptureFixture[str]) -> None:
    assert table(capsys, ("لیلا", "0912")) == ["لیلا  0912"]


def test_values_in_sentences_are_cleaned() -> None:
    assert t("{name} called", name="a\x1b[2Jb") == "a␛[2Jb called"


def test_values_in_sentences_are_isolated_on_a_screen_when_they_run_the_other_way() -> None:
    i18n.use("en", isolate=True)
    assert t("{name} called", name="لیلا") == f"{RLI}لیلا{PDI} called"
    assert t("{name} called", name="Leila") == "Leila called"
    assert t("{a}: {b}", a=t("{x}", x="لیلا"), b="c") == f"{RLI}لیلا{PDI}: c"


def test_plurals_follow_the_number() -> None:
    assert [nt("{n} line", "{n} lines", n) for n in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]


def test_a_sentence_names_what_was_refused() -> None:
    assert sentence(NotFound("no_agent", handle="reza")) == "There is no agent reza."
    assert sentence(FieldProblem("email", "x", "email_bad")) == "This is no e-mail address: x"
    assert sentence(Invalid("unknown_agent", agent="rezza", choices=("@reza",))) == (
        "There is no agent rezza. Perhaps @reza?"
    )


def test_a_code_without_a_sentence_still_says_something() -> None:
    assert "strange_code" in sentence(Invalid("strange_code"))
    assert isinstance(sentence(Invalid("strange_code")), Phrase)


@pytest.mark.parametrize(
    ("wanted", "environ", "found"),
    [
        (None, {"LANG": "fa_IR.UTF-8"}, "fa"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "fa_IR", "LC_ALL": "en_GB"}, "en"),
        ("fa", {"LANG": "en_GB"}, "fa"),
        ("klingon", {"LANG": "C"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_locales(
    wanted: str | None, environ: dict[str, str], found: str
) -> None:
    assert i18n.choose(wanted, environ) == found


def test_a_line_of_a_page_stands_right_in_persian_on_a_screen_and_as_it_is_in_a_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    i18n.use("fa", isolate=True)
    say._screen.isolate = True
    say.paper(t("{name}", name="Leila"), 10)
    [shown] = capsys.readouterr().out.splitlines()
    assert (shown[0], shown[-2:], say.cells(shown)) == (RLI, f"{PDI}\u200e", 10)
    i18n.use("fa")
    say._screen.isolate = False
    say.paper(t("{name}", name="Leila"), 10)
    assert capsys.readouterr().out == "Leila\n"


def test_a_text_cut_in_an_isolate_is_closed_and_opened_again() -> None:
    assert say.balanced([f"a {RLI}b", "c", f"d{PDI} e"]) == [
        f"a {RLI}b{PDI}",
        f"{RLI}c{PDI}",
        f"{RLI}d{PDI} e",
    ]

"""What a Persian agent types and reads in the shell: no codes where there are words for them."""

from __future__ import annotations

from tests.cli.shell import Shell


def test_a_state_may_be_named_in_persian(shell: Shell) -> None:
    shell.ok("contact", "add", "لیلا کریمی", "--phone", "09121234567")
    shell.ok("followup", "add", "contact:1", "فردا", "قیمت")
    ended = shell.json("followup", "add", "contact:1", "فردا", "بازدید")
    shell.ok("followup", "cancel", f"followup:{ended['id']}", "نخواست")
    for typed, reasons in (
        ("باز", ["قیمت"]),
        ("لغوشده", ["بازدید"]),
        ("لغو", ["بازدید"]),
        ("open", ["قیمت"]),
    ):
        assert [each["reason"] for each in shell.json("followup", "list", "--state", typed)] == reasons
    assert shell("followup", "list", "--state", "فلان").code != 0


def test_one_that_was_skipped_says_so_in_words(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    shell.ok("contact", "add", "لیلا کریمی", "--phone", "09121234567")
    made = shell.json("followup", "add", "contact:1", "فردا", "گزارش", "--every", "هر ماه")
    shell.ok("followup", "skip", f"followup:{made['id']}")
    listed = shell.ok("followup", "list", "--state", "لغوشده").out
    assert "این بار رد شد" in listed
    assert "skipped" not in listed
    shown = shell.ok("contact", "show", "contact:1").out
    assert "skipped" not in shown


def test_the_report_of_a_worklist_has_headings_and_numbers_as_on_the_screens(shell: Shell) -> None:
    file = shell.folder / "fair.csv"
    file.write_text("name,phone\nAnna Bell,09121110001\n", encoding="utf-8")
    shell.ok("import", str(file), "--worklist", "fair")
    shell.set(TUICRM_LANG="fa", TUICRM_REGION="IR")
    shell.ok("log", "contact:1", "/n")
    told = shell.ok("worklist", "report", "fair").out
    assert "پیگیری بعدی" in told
    assert "۰۹۱۲ ۱۱۱ ۰۰۰۱" in told
    assert "+98" not in told


def test_lists_of_filters_are_named_in_words(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    told = shell.ok("worklist", "list").out
    assert "contacts" not in told
    assert "owed:yes" not in told


def test_a_word_that_is_missing_is_told_by_what_it_means(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    done = shell.program("followup", "cancel", "followup:1")
    assert done.code == 2
    assert "علت را هم" in done.err

"""Numbers in what is printed for people: as the screens show them. Programs get E.164."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell


def test_numbers_are_printed_as_the_screens_show_them(shell: Shell, tmp_path: Path) -> None:
    shell.ok("contact", "add", "Leila Karimi", "--phone", "+98912-123-4567")
    shell.ok("contact", "add", "Odd", "--phone", "+999 12 34")
    assert "+999 12 34" in shell.ok("find", "odd").out, "no number of any country"
    shell.ok("contact", "add", "Leila Rad", "--phone", "02188770000 ext 12", "--phone", "+44 20 7946 0018")
    for words in (("contact", "list"), ("find", "leila"), ("contact", "show", "1"), ("contact", "show", "3")):
        told = shell.ok(*words).out
        assert "+98" not in told, words
    assert "0912 123 4567" in shell.ok("contact", "list").out
    assert "021 8877 0000 #12, +44 20 7946 0018" in shell.ok("contact", "show", "3").out
    refused = shell("log", "leila", "price list")
    assert refused.code == 3
    assert "0912 123 4567" in refused.err, "of whom one may mean"
    file = tmp_path / "calls.csv"
    file.write_text("started_at,number,direction,duration_s\n2026-11-21T10:00:00Z,+989350002345,in,60\n")
    shell.ok("import", str(file))
    assert "0935 000 2345" in shell.ok("call", "list").out, "of nobody"
    assert shell.json("find", "karimi")[0]["phones"][0]["e164"] == "+989121234567"


def test_a_number_of_nobody_and_one_in_the_readers_digits(shell: Shell) -> None:
    said = shell.ok("call", "ring", "--id", "7", "--number", "+98 935 000 2345").out
    assert "0935 000 2345" in said
    shell.ok("contact", "add", "Leila", "--phone", "09121234567")
    shell.set(TUICRM_LANG="fa")
    assert "۰۹۱۲ ۱۲۳ ۴۵۶۷" in shell.ok("contact", "list").out

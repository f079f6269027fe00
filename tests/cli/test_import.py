"""``tuicrm import`` through the real program: kind of file, columns, progress, report and exit codes."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm.services.importing import source

TABLE = "Wer,Womit,Kreis\nAnna Bell,+44 20 7946 0018,north\nOmid Rad,+44 20 7946 0019,south\n"
CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Bell\nTEL;TYPE=CELL:+442079460018\nEND:VCARD\n"
SHAPE = {
    *(
        "import_id",
        "file",
        "format",
        "encoding",
        "read",
        "added",
        "updated",
        "unchanged",
        "skipped",
        "refused",
    ),
    *("kept_as_field", "photos_skipped", "duplicates", "dry_run", "worklist", "joined"),
}


def test_a_file_is_recognised_by_its_content_not_by_its_name(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text(CARDS)
    report = shell.program("import", str(file), "--json")
    assert report.code == 0, report
    assert set(report.data) == SHAPE
    assert (report.data["format"], report.data["added"]) == ("vcard", 1)


def test_columns_are_mapped_by_heading_and_by_number(shell: Shell) -> None:
    how = ("--map", "Wer=name", "--map", "2=phone", "--map", "3=field:circle")
    report = shell.program("import", "-", *how, "--json", text=TABLE)
    assert (report.code, report.data["added"]) == (0, 2), report
    anna = shell.json("contact", "show", "1")
    assert (anna["name"], anna["phones"][0]["e164"]) == ("Anna Bell", "+442079460018")
    assert anna["fields"] == {"circle": "north"}
    again = shell.json("import", "-", text=TABLE.replace("Anna Bell", "Vera Lind").replace("0018", "0028"))
    assert again["added"] == 1, "the mapping is remembered by the header"


@pytest.mark.parametrize("wrong", ["9=phone", "Nowhere=phone", "Wer=colour", "Wer"])
def test_a_mapping_of_nothing_is_refused(shell: Shell, wrong: str) -> None:
    done = shell.program("import", "-", "--map", wrong, "--json", text=TABLE)
    assert done.code in (2, 5), done
    assert shell.json("contact", "list") == []


def test_exit_codes(shell: Shell, tmp_path: Path) -> None:
    assert shell.program("import", str(tmp_path / "nowhere.csv")).code == 4
    assert shell.program("import", "-", "--format", "xls", text=TABLE).code == 5
    assert shell.program("import", "-", text="name,note\n,x\n").code == 5, "no usable row"
    some = "name,note\nAnna Bell,\n" + "x" * 500 + ",\n"
    strict = shell.program("import", "-", "--strict", text=some)
    assert strict.code == 5
    assert "Line 3: " in strict.err, "which row it is"
    assert shell.json("contact", "list") == []
    assert shell.program("import", "-", text=some).code == 0, "some refused rows are no failure"
    assert shell.program("import", "-", text=some).code == 0, "nothing new is none either"


def test_a_dry_run_says_what_would_be_and_writes_nothing(shell: Shell) -> None:
    done = shell.program("import", "-", "--map", "1=name", "--dry-run", text=TABLE)
    assert done.code == 0, done
    assert "2 would be added" in done.out
    assert "undo" not in done.out
    assert shell.json("contact", "list") == []


CALLS = (
    "number,direction,started_at,duration_s\n"
    "+442079460018,in,2026-11-20 09:00,60\n"
    "+442079460019,out,2026-11-20 10:00,5\n"
)


def test_what_is_to_be_told_of_rows_that_are_in_is_told_beside_the_data_too(shell: Shell) -> None:
    for name in ("Anna Bell", "Omid Rad"):
        shell.ok("contact", "add", name, "--phone", "+442079460018")
    as_data = shell.program("import", "-", "--dry-run", "--json", text=CALLS)
    assert (as_data.code, as_data.data["added"]) == (0, 2)
    told = as_data.err.splitlines()
    assert told == [
        "2 calls are without a contact.",
        "Line 2: +442079460018 is the number of 2 contacts (contact:1, contact:2), "
        "so the call is in without a contact.",
        "Line 3: +442079460019 is nobody's number here: its calls are in without a contact.",
    ]
    as_text = shell.program("import", "-", "--dry-run", text=CALLS)
    assert all(line in as_text.out for line in told)
    assert "2 rows: 2 would be added" in as_text.out
    one = shell.program("import", "-", text="".join(CALLS.splitlines(keepends=True)[:2]))
    assert "1 row: 1 added" in one.out


def test_calls_and_calendars_come_in_by_the_same_command(shell: Shell) -> None:
    shell.ok("contact", "add", "Anna Bell", "--email", "anna@example.com")
    assert shell.json("import", "-", text=CALLS)["format"] == "calls-csv"
    event = (
        "BEGIN:VEVENT\nUID:1\nDTSTART:20261130T100000Z\nSUMMARY:Contract\nATTENDEE:mailto:anna@example.com\n"
    )
    file = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VEVENT\nEND:VCALENDAR\n"
    assert shell.json("import", "-", text=file)["added"] == 1
    assert shell.json("followup", "list")[0]["reason"] == "Contract"


def test_tasks_that_name_nobody_are_told_and_go_to_the_contact_that_is_said(shell: Shell) -> None:
    file = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nDUE:20261130T100000Z\nSUMMARY:Buy milk\nEND:VTODO\nEND:VCALENDAR\n"
    told = shell.ok("import", "-", text=file).out
    assert "names nobody who is a contact: Buy milk" in told
    assert "--contact WHO" in told
    shell.ok("contact", "add", "Myself")
    assert "1 row: 1 added" in shell.ok("import", "-", "--contact", "myself", text=file).out
    assert shell.json("followup", "list")[0]["contact"]["name"] == "Myself"
    assert shell.program("import", "-", "--contact", "nobody at all", text=file).code == 4
    assert shell.program("import", "-", "--contact", "1", text=CARDS).code == 5


# --- where the bytes come from ------------------------------------------------------------------------------


def test_a_pipe_with_a_name_is_read_as_a_file_is(shell: Shell, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"printf 'name\\nAnna Bell\\n' > '{pipe}'"]):
        done = shell.program("import", str(pipe), "--json", timeout=60)
    assert (done.code, done.data["added"]) == (0, 1), done


def test_what_is_no_file_is_refused_in_a_sentence(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    told = {}
    for name in (".", "nowhere.csv", "dangling.csv"):
        done = shell.program("import", str(tmp_path / name))
        assert done.code == 4, done
        told[name] = done.err.strip().rpartition("read: ")[2]
    assert told == {
        ".": "it is a folder",
        "nowhere.csv": "there is no such file",
        "dangling.csv": "there is no such file",
    }


def test_standard_input_that_is_empty_or_closed_is_named_as_it_is_called(shell: Shell) -> None:
    assert shell.program("import", "-").err == "standard input is empty.\n"
    command = f"{sys.executable} -m tuicrm import - <&-"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert (done.returncode, done.stderr) == (5, "standard input is empty.\n")


def test_other_commands_need_no_standard_input(shell: Shell) -> None:
    shell.ok("contact", "add", "Anna Bell")
    command = f"{sys.executable} -m tuicrm log 'Anna Bell' 'hello' --json <&-"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr


def test_a_source_without_an_end_is_refused_before_it_fills_the_memory(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST", 40 << 20)
    done = shell("import", "/dev/zero")
    assert done.code == 5, done
    assert done.err == "/dev/zero is larger than 40 MB. Parted into several files it can be read.\n"


def test_the_region_makes_numbers_whole(shell: Shell) -> None:
    shell.program("import", "-", "--region", "gb", text="name,phone\nAnna Bell,020 7946 0018\n")
    assert shell.json("contact", "show", "1")["phones"][0]["e164"] == "+442079460018"


def test_the_report_names_left_out_rows_in_the_order_of_the_file(shell: Shell) -> None:
    text = "name,email,note\n" + "x" * 500 + ",,\nAnna Bell,anna@example.com,\n,,nobody,too\n"
    done = shell.program("import", "-", text=text)
    told = [line for line in done.out.splitlines() if line.startswith("Line ")]
    assert [line.split()[1] for line in told] == ["2", "4"]
    assert "1 row has more cells than there are columns: line 4." in done.out
    assert "takes it back" in done.out


def test_no_progress_goes_where_nobody_looks(shell: Shell) -> None:
    done = shell.program("import", "-", "--map", "1=name", text=TABLE)
    assert done.err == "" or "\r" not in done.err


def test_a_terminal_shows_how_far_it_is_and_data_stays_clean(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,phone\n" + "".join(f"Caller {n},+4420794{n:05}\n" for n in range(1500)))
    shell.set(TERM="xterm")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tuicrm", "import", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=dict(os.environ)) as run:
        os.close(theirs)
        seen = _read_all(ours)
        assert run.stdout is not None
        out = run.stdout.read().decode()
    assert run.returncode == 0
    assert "█" in seen
    assert "rows" in seen
    assert "█" not in seen.rpartition("\x1b[K")[2], "nothing of it stays"
    assert "█" not in out
    assert "1500 added" in out


def _read_all(handle: int) -> str:
    """What comes from a terminal until its program ends."""
    seen = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([handle], [], [], 1)[0]:
            continue
        try:
            piece = os.read(handle, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(handle)
    return seen.decode(errors="replace")


def test_help_has_examples(shell: Shell) -> None:
    said = shell.program("import", "--help").out
    for part in ("--map", "3=phone", "--dry-run", "--strict", "--region", "--format", "people.vcf"):
        assert part in said


def test_an_encoding_may_be_named_and_one_that_is_none_is_refused_with_those_that_are_known(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name,Mobile\nОльга Орлова,09121110000\n".encode("koi8-r"))
    refused = shell("import", str(file), "--encoding", "klingon")
    assert refused.code == 5
    assert refused.err.startswith("klingon is no encoding that is known. Known are: utf-8, utf-16, cp1256, ")
    assert shell.json("contact", "list") == []
    assert shell.json("import", str(file), "--encoding", "KOI8-R")["encoding"] == "koi8-r"
    assert [each["name"] for each in shell.json("contact", "list")] == ["Ольга Орлова"]


def test_a_report_names_fields_as_the_screens_do(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(CARDS.replace("END:", "EMAIL:ask her\nBDAY:1990-03-22\nX-FAVOURITE-COLOUR:blue\nEND:"))
    said = shell.ok("import", str(file)).out
    assert "Kept as fields of your own: e-mail, birthday, favourite colour." in said

"""Importing on the screen: the name of the file, what it would do, where its columns go, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.patience import a_while
from tests.tui.desk import Desk, desk
from tests.tui.samples import HOSTILE

from tuicrm.domain.models import Contact
from tuicrm.services import contacts
from tuicrm.tui.dialogs.import_form import ImportForm
from tuicrm.tui.dialogs.save_report import SaveReport
from tuicrm.tui.importing.view import ImportView

TABLE = "Full name,Mobile,Firma\nAnna Bell,09121110000,Bell Ltd\nOmid Rad,09121110001,\n"


async def look_at(one: Desk, file: Path) -> None:
    """Names a file, as one does from anywhere."""
    await one.press("ctrl+p")
    await one.type("import")
    await one.press("enter")
    await one.type(str(file))
    await one.press("enter")
    # it is read and counted in a thread of its own; a refused name stays with its reason
    for _ in a_while():
        told = one.screen
        if any(sign in told for sign in (" row: ", " rows: ", "choose what each")) and "Counting" not in told:
            break
        await one.pilot.pause(0.05)
    await one.rest()


async def until(one: Desk, so: Callable[[], bool]) -> None:
    """Waits for something that comes in a moment."""
    for _ in a_while():
        if so():
            break
        await one.pilot.pause(0.01)
    assert so()
    await one.rest()


def named(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content)
    return file


def contact(one: Desk, name: str) -> Contact:
    found = [row for row in one.found(name) if row.name == name]
    assert len(found) == 1
    return contacts.get(one.crm, found[0].id)


# --- the name of the file -----------------------------------------------------------------------------------


async def test_tab_completes_the_name_of_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("people.csv", "persons.csv", "Other.vcf", ".hidden.csv"):
        named(folder, name, TABLE)
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("import")
        await one.press("enter")
        await one.type(f"{folder}/p")
        await one.press("tab")
        assert "people.csv" in one.screen
        assert "persons.csv" in one.screen
        assert ".hidden.csv" not in one.screen
        assert "Other.vcf" not in one.screen
        await one.type("o")
        await one.press("tab", "enter")
        assert isinstance(one.app.place, ImportView)
        assert "2 rows: 2 new" in one.screen


async def test_a_name_in_other_capitals_is_completed(tmp_path: Path) -> None:
    named(tmp_path, "Other.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Bell\nTEL:09121110000\nEND:VCARD\n")
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("import")
        await one.press("enter")
        await one.type(f"{tmp_path}/oth")
        await one.press("tab", "enter")
        assert "Address cards (vCard)" in one.screen
        assert "Anna Bell" in one.screen


async def test_a_name_that_nothing_is_called_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("import")
        await one.press("enter")
        await one.type(f"{tmp_path}/zzz")
        await one.press("tab")
        assert "No file is called that." in one.screen


# --- what it would do ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_preview_says_what_the_file_is_and_what_it_would_do(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    rows = (
        "name;phone;email;City\nLeila Karimi;0912 123 4567;;Shiraz\nAnna Bell;09121110000;anna@example.com;\n"
    )
    file = named(tmp_path, "people.csv", rows + "Omid Rad;;no-address\n")
    async with desk(tmp_path, size=size) as one:
        await look_at(one, file)
        screen = one.screen
        assert "Import people.csv" in screen
        assert "Table (CSV), utf-8, semicolons between the cells, headings in line 1" in screen
        assert "3 rows: " in screen
        assert "City" in screen
        assert "1 row has fewer cells than there are columns: line 4." in screen
        assert any("new" in line and "Anna Bell" in line for line in one.lines)
        assert any("updated" in line and "Leila Karimi" in line for line in one.lines)
        assert all(len(line) <= size[0] for line in one.lines)
        assert contacts.count(one.crm) == 4, "nothing is written by looking"
        await one.press("q")
        assert not one.app.query(ImportView)
        assert contacts.count(one.crm) == 4


async def test_e_reads_the_file_in_the_encoding_that_is_picked(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name,Mobile\nОльга Орлова,09121110000\n".encode("koi8-r"))
    async with desk(tmp_path, size=(120, 30)) as one:
        await look_at(one, file)
        assert "Ольга" not in one.screen
        await one.press("e")
        await one.type("koi8")
        await one.press("enter")
        await until(one, lambda: "Ольга Орлова" in one.screen and "1 row: " in one.screen)
        assert "Table (CSV), read as koi8-r, commas between the cells" in one.screen
        assert "e encoding" in one.footer
        await one.press("ctrl+s")
        await until(one, lambda: contacts.count(one.crm) == 5)
        assert [each.phone for each in one.found("Ольга Орлова")] == ["+989121110000"]


async def test_left_out_rows_are_listed_with_their_line_and_reason(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", f"name,phone\nAnna Bell,09121110000\n{'x' * 500},09121110001\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        assert "1 refused" in one.screen
        for _ in range(3):
            if not one.cursor_line.lstrip("▌ ").startswith("3"):
                await one.press("tab")
        assert "refused" in one.cursor_line


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_cells_are_shown_literally(tmp_path: Path, hostile: str) -> None:
    file = named(tmp_path, "people.csv", f'name,phone,"{hostile}"\n"{hostile}",09121110000,"{hostile}"\n')
    async with desk(tmp_path) as one:
        await look_at(one, file)
        for _ in range(3):
            await one.press("tab")
            assert "\x1b" not in one.screen
        assert one.app.is_running


# --- where the columns go -----------------------------------------------------------------------------------


async def test_where_a_column_goes_is_chosen_and_remembered(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", "Full name,Mobile,Zirkel\nAnna Bell,09121110000,Bell Ltd\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        if "a field of its own" not in one.screen:
            await one.press("tab", "tab")
        assert any("Zirkel" in line and "a field of its own" in line for line in one.lines)
        await one.press("G", "enter")
        await one.type("company")
        await one.press("enter")
        assert any("Zirkel" in line and "company" in line and "chosen" in line for line in one.lines)
        await one.press("ctrl+s")
        assert contact(one, "Anna Bell").company == "Bell Ltd"
        other = named(tmp_path, "more.csv", "Full name,Mobile,Zirkel\nOmid Rad,09121110001,Rad Ltd\n")
        await look_at(one, other)
        await one.press("tab", "tab")
        assert any("Zirkel" in line and "as last time" in line for line in one.lines)
        await one.press("ctrl+s")
        assert contact(one, "Omid Rad").company == "Rad Ltd"


async def test_a_file_in_which_nothing_is_a_name_asks_for_its_columns(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", "Foo,Bar\nquux,12\nfrob,13\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        assert "choose what each holds" in one.screen
        await one.press("ctrl+s")
        assert contacts.count(one.crm) == 4
        await one.press("enter")
        await one.type("whole name")
        await one.press("enter")
        assert "2 rows: 2 new" in one.screen
        await one.press("ctrl+s")
        assert contact(one, "quux").fields == {"Bar": "12"}


async def test_a_field_is_called_as_one_likes(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", "Full name,Mobile,Zirkel\nAnna Bell,09121110000,blue\n")
    async with desk(tmp_path, size=(140, 40)) as one:
        await look_at(one, file)
        if "a field of its own" not in one.screen:
            await one.press("tab", "tab")
        await one.press("G", "enter")
        await one.type("a field")
        await one.press("enter")
        assert "What is Zirkel to be called on a contact?" in one.screen
        await one.press("ctrl+u")
        await one.type("Favourite colour")
        await one.press("enter")
        assert any("Zirkel" in line and "field: Favourite colour" in line for line in one.lines)
        await one.press("ctrl+s")
        assert dict(contact(one, "Anna Bell").fields) == {"Favourite colour": "blue"}


async def test_the_country_of_the_numbers_is_chosen_and_counted_with(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", "Full name,Mobile\nAnna Bell,020 7946 0123\n")
    async with desk(tmp_path, size=(140, 40)) as one:
        await look_at(one, file)
        assert "numbers without a country: IR" in one.screen
        await one.press("r")
        await one.type("germ")
        await one.press("escape")
        assert "numbers without a country: IR" in one.screen
        await one.press("r")
        await one.type("gb")
        await one.press("enter")
        assert "numbers without a country: GB" in one.screen
        await one.press("ctrl+s")
        assert contact(one, "Anna Bell").phones[0].e164 == "+442079460123"


async def test_every_list_has_its_headings_over_its_columns(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", f"name,phone\nAnna Bell,09121110000\n{'x' * 500},09121110001\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        seen = set()
        for _ in range(3):
            place = next(n for n, line in enumerate(one.lines) if one.cursor_line in line)
            seen.add(" ".join(one.lines[place - 1].split()))
            await one.press("tab")
        assert any(line.startswith("column becomes") for line in seen)
        assert any("fate name number" in line for line in seen)
        assert any(line.startswith("line fate why") for line in seen)


async def test_what_is_to_be_told_of_rows_that_are_in_is_listed_and_in_the_report(tmp_path: Path) -> None:
    rows = "Anna Bell,09121110000,sara\nAnna Bell,09121110000,omid\n"
    file = named(tmp_path, "people.csv", f"name,phone,owner\n{rows}")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        await one.press("ctrl+s")
        assert any("note this" in line and "omid" in line for line in one.lines)
        await one.press("w", "ctrl+u")
        await one.type(str(tmp_path / "report.txt"))
        await one.press("enter")
        assert "Line 3, note this: sara takes care" in (tmp_path / "report.txt").read_text()


async def test_two_columns_of_one_heading_are_mapped_apart(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", "name,X,X\nAnna Bell,vip,north\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        if "a field of its own" not in one.screen:
            await one.press("tab", "tab")
        await one.press("G", "enter")
        await one.type("tags")
        await one.press("enter", "ctrl+s")
        it = contact(one, "Anna Bell")
        assert (it.tags, dict(it.fields)) == (("north",), {"X": "vip"})


# --- what came of it ----------------------------------------------------------------------------------------


async def test_an_import_is_told_in_one_message_and_u_takes_it_back(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", TABLE)
    async with desk(tmp_path) as one:
        await look_at(one, file)
        await one.press("ctrl+s")
        assert one.message.startswith("2 contacts imported.")
        assert one.message.endswith("u undo")
        assert not one.app.query(ImportView), "nothing is left to be read"
        assert contacts.count(one.crm) == 6
        await one.press("u")
        assert contacts.count(one.crm) == 4


async def test_the_report_of_refused_rows_stays_and_is_saved_to_a_file(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", f"name,phone\nAnna Bell,09121110000\n{'x' * 500},09121110001,too\n")
    async with desk(tmp_path) as one:
        await look_at(one, file)
        await one.press("ctrl+s")
        assert "1 line refused" in one.message
        assert any("refused" in line and line.lstrip("▌ ").startswith("3") for line in one.lines)
        await one.press("w")
        assert isinstance(one.app.screen, SaveReport)
        await one.press("ctrl+u")
        await one.type(str(tmp_path / "report.txt"))
        await one.press("enter")
        await until(one, lambda: not isinstance(one.app.screen, SaveReport))
        report = (tmp_path / "report.txt").read_text()
        assert "1 new, 1 refused" in report
        assert "1 row has more cells than there are columns: line 3." in report
        assert "Line 3, refused: " in report
        assert (tmp_path / "report.txt").stat().st_mode & 0o077 == 0
        await one.press("w")
        await until(one, lambda: isinstance(one.app.screen, SaveReport))
        await one.press("ctrl+u")
        await one.type(str(tmp_path / "report.txt"))
        await one.press("enter")
        assert isinstance(one.app.screen, SaveReport), "what is there is not written over"
        assert (tmp_path / "report.txt").read_text() == report


async def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", TABLE)
    async with desk(tmp_path) as one:
        await look_at(one, file)
        await one.press("ctrl+s")
        await look_at(one, file)
        assert "2 rows: 0 new, 2 unchanged" in one.screen
        await one.press("ctrl+s")
        assert contacts.count(one.crm) == 6


async def test_a_file_that_is_gone_meanwhile_is_one_sentence(tmp_path: Path) -> None:
    file = named(tmp_path, "people.csv", TABLE)
    async with desk(tmp_path) as one:
        await look_at(one, file)
        file.unlink()
        await one.press("ctrl+s")
        assert str(file)[:40] in one.message
        assert contacts.count(one.crm) == 4
        assert one.app.query(ImportView)


async def test_leaving_the_line_for_the_name_imports_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("import")
        await one.press("enter", "escape")
        assert not isinstance(one.app.screen, ImportForm)
        assert not one.app.query(ImportView)


# --- not only people ----------------------------------------------------------------------------------------


async def test_a_telephones_list_of_calls_is_shown_and_imported(tmp_path: Path) -> None:
    file = named(
        tmp_path,
        "calls.xml",
        '<calls count="1"><call number="09121234567" duration="65" date="1795330000000" type="2" '
        'presentation="1" contact_name="Leila" /></calls>',
    )
    async with desk(tmp_path, size=(140, 40)) as one:
        await look_at(one, file)
        assert "Calls of an Android telephone" in one.screen
        assert "Leila" in one.cursor_line
        assert "0912" in one.cursor_line
        await one.press("enter")
        assert one.message.startswith("1 call imported.")


async def test_a_calendar_is_shown_and_imported(tmp_path: Path) -> None:
    task = "BEGIN:VTODO\nUID:a-1\nSUMMARY:call Leila Karimi 09121234567\nDUE:20261130T090000Z\nEND:VTODO\n"
    file = named(tmp_path, "tasks.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\n{task}END:VCALENDAR\n")
    async with desk(tmp_path, size=(140, 40)) as one:
        await look_at(one, file)
        assert "Calendar (iCalendar)" in one.screen
        assert "1 row: " in one.screen
        assert one.app.is_running

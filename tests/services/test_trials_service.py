"""A service company in Tehran, first days: what its people type, and what they must find again."""

from __future__ import annotations

import io
import re

import pytest

from tuicrm import i18n, repeats, shown
from tuicrm.domain.errors import Ambiguous, Invalid
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.exchange import vcard_out
from tuicrm.services import (
    agenda,
    calls,
    contacts,
    filtering,
    find,
    history,
    promises,
    recurring,
    tickets,
    transfer,
)
from tuicrm.services.context import Crm

THREE = ("می\u200cخواهد", "می خواهد", "میخواهد")
"""One word as people type it: with a half-space, with a space, with nothing."""


def said(crm: Crm, *notes: str) -> list[int]:
    """Calls with these notes, oldest first."""
    who = contacts.add(crm, NewContact(name="Omid"))
    return [calls.save(crm, CallDraft(f"uid {note}", Who(contact_id=who.id), note)).call.id for note in notes]


def found(crm: Crm, text: str) -> list[int]:
    return sorted(row.id for row in calls.recent(crm, where=filtering.where(crm, "calls", text)).rows)


@pytest.mark.parametrize("asked", THREE)
@pytest.mark.parametrize("form", ["{}", 'یادداشت:"{}"', "{} شنبه"])
def test_a_note_is_found_in_each_of_the_three_spellings(crm: Crm, asked: str, form: str) -> None:
    made = said(crm, *[f"گفت دستگاه نو {spelled} تا شنبه" for spelled in THREE], "دستگاه سالم است")
    assert found(crm, form.format(asked)) == made[:3]


def test_words_that_stand_apart_are_not_one_word(crm: Crm) -> None:
    apart, beside, arabic = said(crm, "در روز شنبه خواست", "در خانه در خواست داد", "درخواست كتبي")
    assert found(crm, "درخواست") == [beside, arabic]
    assert apart not in found(crm, "درخواست")


@pytest.mark.parametrize("asked", ["پیشفاکتور", "پیش فاکتور", "پیش\u200cفاکتور", "پیشفاک"])
def test_a_promise_is_found_in_each_of_them_too(crm: Crm, asked: str) -> None:
    spelled = ("پیشفاکتور", "پیش فاکتور", "پیش\u200cفاکتور")
    said(crm, *[f"{each} بفرستم /2d" for each in spelled], "قیمت بفرستم /2d")
    assert len(agenda.ids(crm, asked)) == 3


def test_a_whole_word_is_meant_before_a_beginning(crm: Crm) -> None:
    whole = contacts.add(crm, NewContact(name="رضا شریفی"))
    contacts.add(crm, NewContact(name="رضایی"))
    contacts.add(crm, NewContact(name="محمد رضایی"))
    assert find.who(crm, "رضا").contact_id == whole.id
    contacts.add(crm, NewContact(name="رضا کریمی"))
    with pytest.raises(Ambiguous) as refused:
        find.who(crm, "رضا")
    assert {one.name for one in refused.value.candidates} == {"رضا شریفی", "رضا کریمی"}


def promised(crm: Crm, line: str) -> tuple[int, int]:
    """A call with a promise: the ids of both."""
    who = contacts.add(crm, NewContact(name="Omid"))
    saved = calls.save(crm, CallDraft("uid", Who(who.id), line))
    assert saved.follow_up is not None
    return saved.call.id, saved.follow_up.id


@pytest.mark.parametrize("change", [{"note": "واحد ۱۴ زنگ بزن"}, {"line": "واحد ۱۴ زنگ بزن"}])
def test_a_corrected_note_corrects_the_promise_and_both_are_taken_back_at_once(
    crm: Crm, change: dict[str, str]
) -> None:
    call, promise = promised(crm, "واحد ۱۲ زنگ بزن /فردا")
    calls.edit(crm, call, **change)  # type: ignore[arg-type]
    assert promises.get(crm, promise).reason == "واحد ۱۴ زنگ بزن"
    history.undo(crm)
    assert promises.get(crm, promise).reason == calls.get(crm, call).note == "واحد ۱۲ زنگ بزن"


def test_a_reason_with_words_of_its_own_stays(crm: Crm) -> None:
    call, promise = promised(crm, "واحد ۱۲ /فردا")
    promises.edit(crm, promise, when=None, reason="کلید را ببر", agent=None)
    calls.edit(crm, call, note="واحد ۱۴")
    assert promises.get(crm, promise).reason == "کلید را ببر"


def test_a_promise_that_was_kept_stays_as_it_was(crm: Crm) -> None:
    call, promise = promised(crm, "واحد ۱۲ /فردا")
    promises.done(crm, promise)
    calls.edit(crm, call, note="واحد ۱۴")
    assert promises.get(crm, promise).reason == "واحد ۱۲"


def test_a_kind_of_tickets_is_called_as_the_company_calls_it(crm: Crm) -> None:
    who = contacts.add(crm, NewContact(name="Omid"))
    assert tickets.new(crm, who.id, "پکیج روشن نمی‌شود", kind="سرویس").kind == "service"
    i18n.use("fa")
    with pytest.raises(Invalid) as refused:
        tickets.new(crm, who.id, "پکیج", kind="فروش")
    assert refused.value.params["choices"] == ("خرابی", "شکایت", "سرویس")


@pytest.mark.parametrize(
    ("typed", "told"), [("هر ۶ ماه روز ۲", "هر ۶ ماه، روز ۲"), ("روز ۲ هر ماه", "روز ۲ هر ماه")]
)
def test_what_repeats_every_few_months_says_so_first(crm: Crm, typed: str, told: str) -> None:
    i18n.use("fa")
    i18n.show_in("jalali", "persian")
    rule = recurring.read(crm, typed)
    assert rule is not None
    assert repeats.sentence(rule).translate(dict.fromkeys(range(0x2066, 0x206A))) == told


def test_a_field_has_one_name_however_it_is_called(crm: Crm) -> None:
    i18n.use("fa")
    fields = {"زادروز": "1365-07-15", "نشانی (خانه)": "تهران", "رنگ": "آبی"}
    one = contacts.add(crm, NewContact(name="Omid", fields=fields))
    assert one.fields == {"birthday": "1365-07-15", "address (home)": "تهران", "رنگ": "آبی"}
    for text in ("مشخصه:زادروز", "field:birthday", "مشخصه:رنگ=آبی"):
        assert [row.id for row in contacts.page(crm, where=filtering.where(crm, "contacts", text)).rows] == [
            one.id
        ]


CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\n{}\r\nEND:VCARD\r\n"


def imported(crm: Crm, name: str, line: str) -> dict[str, str]:
    """The fields of a card with this line."""
    transfer.import_file(crm, io.BytesIO(CARD.format(name, line).encode()), format="vcard")
    return dict(contacts.get(crm, contacts.page(crm).rows[0].id).fields)


@pytest.mark.parametrize(("written", "day"), [("1980-03-21", "19800321"), ("1365-07-15", "19861007")])
def test_a_birthday_is_kept_as_written_shown_in_ones_calendar_and_given_to_other_programs_in_theirs(
    crm: Crm, written: str, day: str
) -> None:
    fields = imported(crm, "Omid", f"BDAY:{written}")
    assert fields == {"birthday": written}
    out = io.StringIO(newline="")
    vcard_out.write(out, [contacts.get(crm, contacts.page(crm).rows[0].id)])
    assert re.search(rf"^BDAY.*:{day}\r$", out.getvalue(), re.MULTILINE)
    again = transfer.import_file(crm, io.BytesIO(out.getvalue().encode()), format="vcard")
    assert (again.updated, again.added) == (0, 0)
    i18n.use("fa")
    i18n.show_in("jalali", "persian")
    shown_day = shown.field_value("birthday", written).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert shown_day == {"19800321": "۱۳۵۹/۰۱/۰۱", "19861007": "۱۳۶۵/۰۷/۱۵"}[day]


def test_a_persian_address_goes_from_the_land_down_and_a_latin_one_up(crm: Crm) -> None:
    tehran = imported(crm, "Omid", "ADR:;;خیابان آزادی، پلاک ۱۲;تهران;تهران;1234567890;ایران")
    assert tehran == {"address": "ایران، تهران، خیابان آزادی، پلاک ۱۲، 1234567890"}
    london = imported(crm, "Adam", "ADR:;;1 High Street;London;;N1 1AA;UK")
    assert london == {"address": "1 High Street, London, N1 1AA, UK"}


def test_the_history_of_a_private_note_names_the_person(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Omid", private_note="بدحساب"))
    (note,) = (one for done in history.actions(crm) for one in done.records if one.entity == "private_note")
    assert history.called(crm, [note]) == {("private_note", note.id): "Omid"}

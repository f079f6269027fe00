"""Filters over a company's lists: what each key finds, by all names of its values; refusals name what was meant."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.prepared import put_company
from tests.tui.apps import settings_in
from tuicrm import i18n
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_keys import LISTS, names
from tuicrm.domain.models import CallDraft, ContactPatch, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import (
    agents,
    calls,
    contacts,
    exporting,
    filtering,
    followups,
    promises,
    saved_filters,
    transfer,
)
from tuicrm.services.context import Crm, open_crm
from tuicrm.storage.queries import filtered, tickets

NOW = "2026-11-22T09:31:00+03:30"
DAY = 86400.0
LEILA, PARS, REZA, NADIA, GEORGE = range(1, 6)
PEOPLE = (
    NewContact(
        "Leila Karimi",
        "Pars Pump Co",
        (PhoneNumber("0912 123 4567"),),
        (EmailAddress("leila@pars-pump.ir"),),
        ("vip", "north"),
        fields={"City": "Tehran"},
    ),
    NewContact("Pars Trading", "", (PhoneNumber("021 8877 6655"),), tags=("VIP",)),
    NewContact("رضا احمدی", "اطلس", (PhoneNumber("0935 000 2345"),), fields={"city": "شیراز"}),
    NewContact("Nadia Rostami", "Atlas", (PhoneNumber("0911 222 3344"),)),
    NewContact("George Webb", "Webb & Sons"),
)


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Crm]:
    """Five people; calls of 95, 10, 1 and 0 days ago."""
    clock = FrozenClock(datetime.fromisoformat(NOW))
    settings = settings_in(tmp_path, zone="Asia/Tehran", region="IR")
    put_company(settings, via="cli", clock=clock)
    one = open_crm(settings, via="cli", clock=clock)
    agents.add(one, "reza", name="رضا")
    for person in PEOPLE:
        contacts.add(one, person)
    contacts.edit(one, GEORGE, ContactPatch(do_not_call=True, owner="reza"))
    clock.advance(-95 * DAY)
    log(one, NADIA, "asked for the catalogue =12 /1mo")
    clock.advance(85 * DAY)
    log(one, LEILA, "price of pump P40 =3:40 /in #urgent /tom")
    clock.advance(9 * DAY)
    log(one, REZA, "قیمت فرستادم .q /th /2026-11-23 10:00")
    log(one, PARS, "/n")
    clock.advance(DAY)
    log(one, LEILA, "/sms price list sent /-")
    promises.done(one, 2)
    yield one
    one.close()


def log(crm: Crm, contact_id: int, line: str) -> None:
    calls.save(crm, CallDraft(uuid.uuid4().hex, Who(contact_id), line, direction="out"))


def people(crm: Crm, text: str) -> set[int]:
    return {row.id for row in contacts.page(crm, where=filtering.where(crm, "contacts", text)).rows}


def notes(crm: Crm, text: str) -> list[str]:
    return [row.note for row in calls.recent(crm, where=filtering.where(crm, "calls", text)).rows]


CATALOGUE, PUMP, PRICE, NONE, SENT = (
    "asked for the catalogue",
    "price of pump P40",
    "قیمت فرستادم",
    "",
    "price list sent",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tag:vip", {LEILA, PARS}),
        ("tag:vip north", {LEILA}),
        ("tag:north,vip", {LEILA, PARS}),
        ("-tag:vip", {REZA, NADIA, GEORGE}),
        ('tag:""', {REZA, NADIA, GEORGE}),
        ("company:pars", {LEILA}),
        ("company:atlas company:webb", {NADIA, GEORGE}),
        ('company:""', {PARS}),
        ('company:"pump pars"', {LEILA}),
        ("name:pars", {PARS}),
        ("name:رضا", {REZA}),
        ("pars -name:pars", {LEILA}),
        ("-pars", {REZA, NADIA, GEORGE}),
        ("owner:reza", {GEORGE}),
        ("owner:رضا", {GEORGE}),
        ('owner:""', {LEILA, PARS, REZA, NADIA}),
        ("phone:4567", {LEILA}),
        ("phone:۰۹۱۲", {LEILA}),
        ("phone:+98912", {LEILA}),
        ('phone:""', {GEORGE}),
        ("email:leila", {LEILA}),
        ("email:@pars-pump", {LEILA}),
        ("email:pump-pars", set()),
        ('email:""', {PARS, REZA, NADIA, GEORGE}),
        ("field:city", {LEILA, REZA}),
        ("field:city=tehran,شیراز", {LEILA, REZA}),
        ("field:City=teh", {LEILA}),
        ('field:"city=" name:pars', {PARS}),
        ("dnc:yes", {GEORGE}),
        ("dnc:no", {LEILA, PARS, REZA, NADIA}),
        ("created:today", {LEILA, PARS, REZA, NADIA, GEORGE}),
        ("created:<yesterday", set()),
        ("from:today to:tomorrow", {LEILA, PARS, REZA, NADIA, GEORGE}),
        ("called:today", {LEILA}),
        ("called:<30d", {LEILA, PARS, REZA}),
        ("called:>90d", {NADIA}),
        ('called:""', {GEORGE}),
        ("spoke:<30d", {LEILA, REZA}),
        ("spoke:>90d", {NADIA}),
        ("-spoke:<90d", {PARS, NADIA, GEORGE}),
        ('spoke:""', {PARS, GEORGE}),
        ("spoke:2026-11-21", {REZA}),
        ("due:2026-11-23", {REZA}),
        ("due:<7d", {PARS, REZA, NADIA}),
        ('due:""', {LEILA, GEORGE}),
        ("calls:2", {LEILA}),
        ("calls:1..", {LEILA, PARS, REZA, NADIA}),
        ("calls:<1", {GEORGE}),
        ('calls:""', {GEORGE}),
        ("tickets:>0", {REZA}),
        ("followups:1..2", {PARS, REZA, NADIA}),
        ("برچسب:vip شرکت:pars", {LEILA}),
        ("4567", {LEILA}),
    ],
)
def test_contacts(crm: Crm, text: str, found: set[int]) -> None:
    assert people(crm, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("price", [SENT, PUMP]),
        ("price -list", [PUMP]),
        ("قیمت", [PRICE]),
        ("قيمت", [PRICE]),
        ("note:sent", [SENT]),
        ('note:""', [NONE]),
        ("note:urgent", []),
        ("urgent", [SENT, PUMP]),
        ("karimi price", [SENT, PUMP]),
        ("outcome:n", [NONE]),
        ('outcome:"no answer"', [NONE]),
        ("outcome:no_answer,voicemail", [NONE]),
        ("outcome:connected -price", [PRICE, CATALOGUE]),
        ('نتیجه:"پاسخ نداد"', [NONE]),
        ("topic:q", [PRICE]),
        ("topic:quote", [PRICE]),
        ("channel:sms", [SENT]),
        ("direction:in", [PUMP]),
        ("direction:ورودی", [PUMP]),
        ("agent:me", [SENT, PRICE, NONE, PUMP, CATALOGUE]),
        ("agent:sara -agent:me", []),
        ("day:today", [SENT]),
        ("day:yesterday", [PRICE, NONE]),
        ("day:2026-11-12", [PUMP]),
        ("day:۱۴۰۵-۰۸-۲۱", [PUMP]),
        ("day:2026-11-01..2026-11-21", [PRICE, NONE, PUMP]),
        ("day:month", [SENT, PRICE, NONE, PUMP]),
        ("day:<30d", [SENT, PRICE, NONE, PUMP]),
        ("day:>30d", [CATALOGUE]),
        ("from:2026-11-12 to:2026-11-20", [PUMP]),
        ("duration:>5m", [CATALOGUE]),
        ("duration:3m..12m", [PUMP, CATALOGUE]),
        ("duration:12m..3m", [PUMP, CATALOGUE]),
        ("duration:>3m duration:<5m", [PUMP]),
        ("duration:3:40", [PUMP]),
        ("number:4567", [SENT, PUMP]),
        ("contact:1", [SENT, PUMP]),
        ("contact:contact:4", [CATALOGUE]),
        ("contact:nadia", [CATALOGUE]),
        ("company:pars", [SENT, PUMP]),
        ("tag:urgent", [SENT, PUMP]),
        ("tag:vip", [SENT, NONE, PUMP]),
        ('tag:""', [PRICE, CATALOGUE]),
        ('owner:""', [SENT, PRICE, NONE, PUMP, CATALOGUE]),
    ],
)
def test_calls(crm: Crm, text: str, found: list[str]) -> None:
    assert sorted(notes(crm, text)) == sorted(found)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("state:open", {NADIA, REZA, PARS}),
        ("state:done", {LEILA}),
        ("due:2026-11-23", {REZA}),
        ("due:<3d", {LEILA, NADIA, REZA, PARS}),
        ("overdue:yes", {NADIA}),
        ("overdue:no state:open", {REZA, PARS}),
        ("-overdue:yes", {REZA, PARS, LEILA}),
        ("agent:me topic:quote", {REZA}),
        ("assignee:sara attempt:1..1 state:open -topic:quote", {PARS, NADIA}),
        ("contact:karimi", {LEILA}),
        ("tag:vip -name:pars", {LEILA}),
    ],
)
def test_follow_ups(crm: Crm, text: str, whose: set[int]) -> None:
    page = followups.page(crm, where=filtering.where(crm, "followups", text))
    assert {row.contact.id for row in page.rows} == whose


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("priority:h", 1),
        ("priority:high status:open category:open", 1),
        ("priority:low", 0),
        ("subject:قیمت", 1),
        ("created:yesterday", 1),
        ('kind:""', 1),
        ("overdue:yes", 0),
        ("agent:me contact:3", 1),
        ("احمدی", 1),
    ],
)
def test_tickets(crm: Crm, text: str, many: int) -> None:
    chosen = filtering.where(crm, "tickets", text)
    with crm.database.reader() as conn:
        assert len(tickets.page(conn, before=None, limit=9, filters={}, chosen=chosen)) == many


@pytest.mark.parametrize(
    ("what", "text", "code", "near"),
    [
        ("calls", "outcome:voicemial", "filter_no_value_near", "voicemail"),
        ("calls", "agent:srah", "filter_no_value_near", "sara"),
        ("calls", "channel:pigeon", "filter_no_value", None),
        ("calls", "agent:", "filter_value", None),
        ("calls", 'agent:""', "filter_nothing", None),
        ("calls", "duration:long", "filter_number", None),
        ("calls", "day:blueday", "when_unknown", None),
        ("contacts", "dnc:perhaps", "filter_yes_no", None),
        ("contacts", "phone:x", "filter_digits", None),
        ("contacts", "calls:many", "filter_number", None),
        ("contacts", "saved:none", "no_filter", None),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_name(
    crm: Crm, what: str, text: str, code: str, near: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        filtering.where(crm, what, text)
    assert (refused.value.code, refused.value.params.get("near")) == (code, near)


def test_a_beginning_that_several_have_is_refused_with_all_of_them(crm: Crm) -> None:
    with pytest.raises(Invalid) as refused:
        filtering.where(crm, "calls", "topic:qu")
    assert refused.value.code == "filter_several"
    assert refused.value.params["choices"] == ("quote", "question")


def test_a_code_of_an_older_process_file_is_found_in_quotation_marks(crm: Crm) -> None:
    assert notes(crm, 'outcome:"gone_with_version_1"') == []


def test_every_key_of_every_list_makes_a_condition() -> None:
    for what in LISTS:
        by_names = {"saved"} if what == "contacts" else set()
        assert set(filtered.KEYS[what]) == ({"", *names(what)} - {"saved"}) | by_names, what
    assert set(filtered.KEYS) == set(LISTS)


def test_a_saved_filter_is_a_part_of_others(crm: Crm) -> None:
    saved_filters.save(crm, "contacts", "Pumps", "tag:vip -name:pars")
    saved_filters.save(crm, "contacts", "idle", "spoke:>90d", shared=True)
    assert people(crm, "saved:pumps") == {LEILA}
    assert people(crm, "saved:pumps leila") == {LEILA}
    assert people(crm, "saved:pumps,idle") == {LEILA, NADIA}
    assert people(crm, "-saved:pumps") == {PARS, REZA, NADIA, GEORGE}
    saved_filters.save(crm, "contacts", "both", "saved:pumps,idle")
    assert people(crm, "saved:both -saved:idle") == {LEILA}


def test_saved_filters_that_name_one_another_in_a_ring_are_refused(crm: Crm) -> None:
    saved_filters.save(crm, "contacts", "a", "tag:vip")
    saved_filters.save(crm, "contacts", "b", "saved:a")
    with pytest.raises(Invalid, match="filter_round"):
        saved_filters.save(crm, "contacts", "b", "tag:vip saved:b")
    with pytest.raises(Invalid, match="filter_round"):
        saved_filters.save(crm, "contacts", "a", "saved:b")
    assert people(crm, "saved:a") == people(crm, "tag:vip")
    assert saved_filters.save(crm, "contacts", "A", "-tag:vip").replaced == "tag:vip"
    # by another way than saving: the name of one that others name
    third = saved_filters.save(crm, "contacts", "c", "saved:b")
    saved_filters.delete(crm, saved_filters.get(crm, "contacts", "a").id)
    saved_filters.rename(crm, third.id, "a")
    with pytest.raises(Invalid, match="filter_round"):
        people(crm, "saved:a")


def test_an_export_has_what_the_filter_of_the_list_has(crm: Crm, tmp_path: Path) -> None:
    with open(tmp_path / "calls.csv", "w+", newline="", encoding="utf-8") as file:
        assert exporting.export(crm, "calls", "csv", file, where="price duration:>1m") == 1


def test_an_edited_note_is_found_by_its_new_words_only(crm: Crm) -> None:
    found = calls.recent(crm, where=filtering.where(crm, "calls", "catalogue")).rows
    calls.edit(crm, found[0].id, note="wants a brochure")
    assert notes(crm, "catalogue") == []
    assert notes(crm, "brochure") == ["wants a brochure"]
    with crm.database.transaction(crm.actor, "check") as tx:
        tx.execute("INSERT INTO call_fts (call_fts, rank) VALUES ('integrity-check', 1)")


def test_the_note_of_an_imported_call_is_found(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(
        "number,direction,started_at,duration_s,note\n0912 123 4567,in,2026-11-20 09:00,65,spoke of tulips\n"
    )
    assert transfer.import_file(crm, file).added == 1
    assert notes(crm, "tulips") == notes(crm, "note:tulip company:pars") == ["spoke of tulips"]


def test_in_persian_a_refusal_names_key_and_values_in_persian(crm: Crm) -> None:
    i18n.use("fa")
    try:
        with pytest.raises(Invalid) as refused:
            filtering.where(crm, "contacts", "مسول:سارا")
        said = i18n.sentence(refused.value)
        assert said.startswith("مسول: این‌جا در فیلتر معنایی ندارد؛ منظور مسئول: است؟")
        assert "نام:، شرکت:، برچسب:، مسئول:" in said
        with pytest.raises(Invalid) as refused:
            filtering.where(crm, "calls", "نتیجه:پاسخ‌نداشت")
        assert i18n.sentence(refused.value) == "«پاسخ‌نداشت» برای نتیجه معنایی ندارد؛ منظور «پاسخ نداد» است؟"
    finally:
        i18n.use("en")

"""What was done, told in words: to a record, by an agent; and what stands in the way of taking it back."""

from __future__ import annotations

import pytest

from tests.services.conftest import OpenCrm
from tests.services.people_files import people, read
from tuicrm import told
from tuicrm.domain.deeds import Deed, History
from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.models import CallDraft, ContactPatch, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import agents, calls, contacts, history, merging
from tuicrm.services.context import Crm


def words(crm: Crm, found: History, ref: tuple[str, int] | None = None) -> list[list[str]]:
    """Every line of every action, newest first."""
    seen = told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), found.names)
    return [[str(line) for line in told.lines(deed, seen, ref)] for deed in found.deeds]


def headlines(crm: Crm, found: History, ref: tuple[str, int] | None = None) -> list[str]:
    seen = told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), found.names)
    return [str(told.headline(deed, seen, ref)) for deed in found.deeds]


def leila(crm: Crm) -> int:
    new = NewContact("Leila Karimi", "Pars Pump", (PhoneNumber("0912 345 6789"),), tags=("vip",))
    return contacts.add(crm, new).id


def log(crm: Crm, contact_id: int, line: str, uid: str = "one") -> int:
    return calls.save(crm, CallDraft(uid, Who(contact_id), line, direction="out")).call.id


def test_an_edit_is_told_value_by_value_before_and_after(crm: Crm) -> None:
    person = leila(crm)
    for handle in ("reza", "nadia"):
        agents.add(crm, handle)
    whole = contacts.get(crm, person)
    patch = ContactPatch(
        phones=(*whole.phones, PhoneNumber("0935 000 2345")),
        emails=(EmailAddress("leila@example.com"),),
        tags=("north",),
        fields={"city": "Tehran"},
        owner="reza",
        do_not_call=True,
    )
    contacts.edit(crm, person, patch)
    contacts.edit(crm, person, ContactPatch(owner="nadia", name="Leila K", fields={"city": "Shiraz"}))
    found = history.of_record(crm, ("contact", person))
    later, first, made = words(crm, found, ("contact", person))
    assert set(later) == {"name: Leila Karimi → Leila K", "owner: reza → nadia", "city: Tehran → Shiraz"}
    assert set(first) == {
        "number 0935 000 2345 added",
        "e-mail leila@example.com added",
        "tag north added",
        "tag vip taken off",
        "city: Tehran",
        "owner: reza",
        "not to be called any more",
    }
    assert made == ["contact made: Leila Karimi, Pars Pump, 0912 345 6789"]


def test_a_persons_history_has_their_calls_and_promises_by_labels(crm: Crm) -> None:
    person = leila(crm)
    log(crm, person, "asked for the price /2026-11-26 10:00")
    log(crm, person, "/n", "two")
    newest, first, _ = words(crm, history.of_record(crm, ("contact", person)), ("contact", person))
    assert first == [
        "call: connected, out; asked for the price",
        "follow-up for Thu 26 Nov 10:00; asked for the price",
    ]
    assert newest[0] == "call: no answer, out"
    assert not any("{" in line or "no_answer" in line for line in (*newest, *first))


def test_an_undo_names_what_it_took_back_and_the_action_says_so(crm: Crm) -> None:
    person = leila(crm)
    contacts.edit(crm, person, ContactPatch(company="Atlas"))
    undone = history.undo(crm)
    found = history.of_record(crm, ("contact", person))
    undo, edit, _ = found.deeds
    assert headlines(crm, found)[0] == f"taken back: contact edited (action {edit.id})"
    assert told.standing(edit) == f"taken back by action {undone.action_id}"
    assert (undo.turns, edit.turns) == ("", "redo")
    history.redo(crm, edit.id)
    redo, _, edit, _ = history.of_record(crm, ("contact", person)).deeds
    assert (redo.verb, redo.undoes, edit.turns) == ("redo", edit.id, "undo")
    assert contacts.get(crm, person).company == "Atlas"


def test_taking_back_names_the_action_that_is_in_the_way(crm: Crm, open_as: OpenCrm) -> None:
    person = leila(crm)
    contacts.edit(crm, person, ContactPatch(company="Atlas"))
    first = history.of_record(crm, ("contact", person)).deeds[0]
    reza = open_as("reza")
    contacts.edit(reza, person, ContactPatch(company="Webb"))
    second = history.of_record(crm, ("contact", person)).deeds[0]
    with pytest.raises(Conflict) as refused:
        history.undo(crm, first.id)
    assert (refused.value.params["agent"], refused.value.params["action"]) == ("reza", second.id)
    history.undo(crm, second.id)
    history.undo(crm, first.id)
    assert contacts.get(crm, person).company == "Pars Pump"


def test_a_merged_persons_history_is_the_heirs_and_names_the_other(crm: Crm) -> None:
    keep = leila(crm)
    gone = contacts.add(crm, NewContact("Leila K", phones=(PhoneNumber("0935 000 2345"),))).id
    merging.merge(crm, keep, [gone])
    found = history.of_record(crm, ("contact", gone))
    assert [deed.verb for deed in found.deeds] == ["contact.merge", "contact.add", "contact.add"]
    assert "Leila K: merged into Leila Karimi" in words(crm, found, ("contact", keep))[0]


def test_pages_follow_each_other_without_gap_or_repeat(crm: Crm) -> None:
    person = leila(crm)
    for n in range(7):
        contacts.edit(crm, person, ContactPatch(note=f"note {n}"))
    seen: list[Deed] = []
    before = None
    while True:
        page = history.of_record(crm, ("contact", person), limit=3, before=before)
        seen += page.deeds
        if not page.more:
            break
        before = page.deeds[-1].id
    assert [deed.id for deed in seen] == sorted({deed.id for deed in seen}, reverse=True)
    assert len(seen) == 8


def test_what_an_agent_did_is_theirs_alone(crm: Crm, open_as: OpenCrm) -> None:
    person = leila(crm)
    reza = open_as("reza")
    contacts.edit(reza, person, ContactPatch(company="Webb"))
    assert headlines(crm, history.of_agent(reza)) == ["Leila Karimi: company: Pars Pump → Webb"]
    assert {deed.agent for deed in history.of_agent(crm).deeds} == {crm.me}
    assert {deed.agent for deed in history.of_all(crm).deeds} >= {crm.me, "reza"}


def test_hostile_values_come_out_harmless(crm: Crm) -> None:
    person = leila(crm)
    contacts.edit(crm, person, ContactPatch(name="[/]\x1b[31m{owner}", note="a\nb\x9b2J"))
    told_lines = " ".join(words(crm, history.of_record(crm, ("contact", person)), ("contact", person))[0])
    assert "[/]" in told_lines
    assert "{owner}" in told_lines
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in told_lines)


def test_no_such_record_is_refused(crm: Crm) -> None:
    with pytest.raises(NotFound):
        history.of_record(crm, ("ticket", 999))
    with pytest.raises(NotFound):
        history.some(crm, [999])


def test_the_same_done_to_many_is_said_once(crm: Crm) -> None:
    both = [leila(crm), contacts.add(crm, NewContact("Reza")).id]
    with crm.database.transaction(crm.actor, "contact.edit") as tx:
        for person in both:
            tx.update("contact", person, {"owner": "nadia"})
    assert headlines(crm, history.of_agent(crm))[0] == "2 contacts: owner: nadia"


def test_a_private_note_is_read_by_its_author_alone_in_the_history_too(crm: Crm, open_as: OpenCrm) -> None:
    person = leila(crm)
    with crm.database.transaction(crm.actor, "contact.edit") as tx:
        tx.insert("private_note", {"contact_id": person, "agent": crm.me, "text": "owes me a coffee"})
    reza = open_as("reza")
    mine, theirs = (words(one, history.of_record(one, ("contact", person)))[0] for one in (crm, reza))
    assert "owes me a coffee" in mine[0]
    assert theirs
    assert "coffee" not in theirs[0]
    rows = history.changes(reza, ("contact", person)).rows
    assert not any("coffee" in str(row) for row in rows)
    assert any("coffee" in str(row) for row in history.changes(crm).rows)


def test_an_import_is_counted_and_in_somebodys_history_told(crm: Crm) -> None:
    read(crm, people(60))
    assert headlines(crm, history.of_agent(crm))[0] == "import: 60 contacts"
    first = contacts.page(crm).rows[0]
    ref = ("contact", first.id)
    assert headlines(crm, history.of_record(crm, ref), ref)[0].startswith(
        f"imported: contact made: {first.name}"
    )


def test_what_was_done_to_very_many_is_counted_whole(crm: Crm) -> None:
    everybody = [contacts.add(crm, NewContact(f"Person {n}")).id for n in range(60)]
    with crm.database.transaction(crm.actor, "contact.edit") as tx:
        for person in everybody:
            tx.update("contact", person, {"owner": "nadia"})
    assert headlines(crm, history.of_agent(crm))[0] == "60 contacts: owner: nadia"

"""People: only a name or a number is required; what is typed is kept; nothing is lost by deleting."""

from __future__ import annotations

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.models import ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.services import contacts, feed, history
from tuicrm.services.context import Crm


def test_a_name_or_a_number_is_enough_and_nothing_is_too_little(crm: Crm) -> None:
    assert contacts.add(crm, NewContact(name="Leila Karimi")).name == "Leila Karimi"
    assert contacts.add(crm, NewContact(phones=(PhoneNumber("0912 123 4567"),))).phones[0].valid
    with pytest.raises(Invalid) as refused:
        contacts.add(crm, NewContact(company="Pars"))
    assert refused.value.fields[0].field == "name"


def test_a_number_that_is_not_valid_is_kept_as_typed_and_marked(crm: Crm) -> None:
    phone = contacts.add(crm, NewContact(name="X", phones=(PhoneNumber("12 34 56 77"),))).phones[0]
    assert (phone.raw, phone.valid) == ("12 34 56 77", False)


def test_control_characters_are_dropped_on_the_way_in(crm: Crm) -> None:
    contact = contacts.add(crm, NewContact(name="A\x1b[31mB\x00\u202e C", note="one\r\ntwo"))
    assert contact.name == "A[31mB C"
    assert contact.note == "one\ntwo"


def test_an_address_that_is_none_is_refused_by_name(crm: Crm) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.add(crm, NewContact(name="X", emails=(EmailAddress("nobody"),)))
    assert (refused.value.fields[0].field, refused.value.fields[0].token) == ("email", "nobody")


def test_a_patch_changes_only_what_it_gives(crm: Crm) -> None:
    new = NewContact(name="Leila", company="Pars", phones=(PhoneNumber("09121234567"),), tags=("vip",))
    made = contacts.add(crm, new)
    edited = contacts.edit(crm, made.id, ContactPatch(company="Pars Pump Co", fields={"plan": "gold"}))
    assert (edited.name, edited.company, edited.tags) == ("Leila", "Pars Pump Co", ("vip",))
    assert (edited.phones, edited.fields) == (made.phones, {"plan": "gold"})


def test_deleting_hides_and_restoring_brings_everything_back(crm: Crm) -> None:
    made = contacts.add(crm, NewContact(name="Leila", tags=("vip",)))
    assert contacts.delete(crm, made.id).deleted_at is not None
    assert contacts.page(crm).rows == ()
    assert contacts.restore(crm, made.id).deleted_at is None
    assert [row.id for row in contacts.page(crm).rows] == [made.id]


def test_pages_run_by_folded_name_in_both_directions(crm: Crm) -> None:
    for name in ("Öztürk", "adam", "Zoe", "مریم", "Bea", "آرش"):
        contacts.add(crm, NewContact(name=name))
    listed, after = [], None
    while True:
        page = contacts.page(crm, after=after, limit=2)
        listed += [row.name for row in page.rows]
        if not page.more:
            break
        after = page.rows[-1].id
    assert listed == ["adam", "Bea", "Öztürk", "Zoe", "آرش", "مریم"]
    last = contacts.page(crm, limit=10).rows[-1].id
    back = contacts.page(crm, after=last, limit=3, backward=True)
    assert [row.name for row in back.rows] == ["Öztürk", "Zoe", "آرش"]
    assert back.more


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewContact(phones=(PhoneNumber("+98 912 123 4567"),)), "number"),
        (NewContact(name="L", emails=(EmailAddress("L@Example.com"),)), "email"),
        (NewContact(name="leilakarimi"), "name"),
        (NewContact(name="Karimi Leila"), "swapped"),
        (NewContact(name="Leyla Karimi", company="Pars"), "slip"),
        (NewContact(name="Leila Karimi", company="Arya"), ""),
        (NewContact(name="Leila Kazemi"), ""),
    ],
)
def test_somebody_who_may_be_there_is_added_only_when_nobody_asks(
    crm: Crm, new: NewContact, why: str
) -> None:
    phones, emails = (PhoneNumber("09121234567"),), (EmailAddress("l@example.com"),)
    old = contacts.add(crm, NewContact("Leila Karimi", "Pars", phones, emails))
    if why:
        with pytest.raises(Conflict) as refused:
            contacts.add(crm, new, if_new=True)
        assert refused.value.code == "contact_known"
        assert refused.value.params == {"id": old.id, "name": old.name, "why": f"same {why}"}
        assert contacts.count(crm) == 1
        contacts.add(crm, new)
    else:
        contacts.add(crm, new, if_new=True)
    assert contacts.count(crm) == 2


def test_an_id_that_never_was_is_not_found(crm: Crm) -> None:
    with pytest.raises(NotFound):
        contacts.get(crm, 12)


def test_the_feed_tells_what_another_session_changed(crm: Crm, open_as: OpenCrm) -> None:
    since = feed.last_seq(crm)
    made = contacts.add(open_as("omid"), NewContact(name="Leila"))
    seq, records = feed.changed(crm, since)
    assert ("contact", made.id) in records
    assert feed.changed(crm, seq) == (seq, frozenset())


def test_a_dry_run_of_undo_says_what_it_would_do_and_does_nothing(crm: Crm) -> None:
    made = contacts.add(crm, NewContact(name="Leila"))
    would = history.undo(crm, dry_run=True)
    assert [(ref.entity, ref.id) for ref in would.records] == [("contact", made.id)]
    assert contacts.get(crm, made.id).deleted_at is None
    assert [action.verb for action in history.actions(crm)] == ["contact.add"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_silently(crm: Crm, open_as: OpenCrm) -> None:
    seen = contacts.add(crm, NewContact(name="Leila", company="Pars"))
    omid = open_as("omid")
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(1)
    contacts.edit(omid, seen.id, ContactPatch(company="Theirs"))
    with pytest.raises(Conflict) as refused:
        contacts.edit(crm, seen.id, ContactPatch(company="Mine", seen=seen.updated_at))
    assert refused.value.params["agent"] == "omid"
    edited = contacts.edit(crm, seen.id, ContactPatch(tags=("vip",), seen=seen.updated_at))
    assert (edited.company, edited.tags) == ("Theirs", ("vip",))
    assert contacts.edit(crm, seen.id, ContactPatch(company="Mine")).company == "Mine"

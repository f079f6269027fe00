"""How like two contacts are, pair by pair: the reasons, and what is more likely than what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.likeness import LEAST, Likeness, likeness, look
from tuicrm.domain.models import EmailAddress, NewContact
from tuicrm.domain.phone import parse_phone


def person(name: str = "", company: str = "", phones: str = "", emails: str = "") -> NewContact:
    """A contact; several numbers and addresses with spaces between."""
    return NewContact(
        name,
        company,
        tuple(parse_phone(raw.replace("_", " "), "IR") for raw in phones.split()),
        tuple(EmailAddress(address) for address in emails.split()),
    )


def between(a: NewContact, b: NewContact) -> Likeness:
    """How like they are, whichever is named first."""
    found = likeness(look(a), look(b))
    assert likeness(look(b), look(a)) == found
    return found


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        # numbers
        (person("", phones="09123456789"), person("", phones="+989123456789"), "number"),
        (person("Sara", phones="09123456789"), person("Leila Karimi", phones="+989123456789"), "number"),
        (person("", phones="02188776655"), person("", phones="88776655"), "ending"),
        (person("", phones="88776655"), person("", phones="88776655"), "number"),
        (person("", phones="02188776655_ext_12"), person("", phones="02188776655"), ""),
        (person("", phones="776655"), person("", phones="02188776655"), ""),
        (person("", phones="09123456780"), person("", phones="09123456789"), ""),
        # e-mails
        (person("Sara", emails="L@acme.example"), person("Leila", emails="l@ACME.example"), "email"),
        # names
        (person("Leila Karimi"), person("leila  KARIMI"), "name"),
        (person("Leila Karimi", "Pars"), person("Leila Karimi"), "name"),
        (person("Leila Karimi", "Pars"), person("Leila Karimi", "pars"), "name company"),
        (person("نرم‌افزار", "پارس"), person("نرم افزار", "پارس"), "name company"),
        (person("علی مسئول"), person("علي مسول"), "name"),
        (person("Karimi Leila"), person("Leila Karimi"), "swapped"),
        (person("Karimi Leila", "Pars"), person("Leila Karimi", "Pars"), "swapped company"),
        # one slip, with the same company or the same last digits only
        (person("Leyla Karimi", "Pars"), person("Leila Karimi", "Pars"), "slip company"),
        (person("Leyla Karimi", "Pars"), person("Leila Karimi"), ""),
        (person("Leyla Karimi"), person("Leila Karimi"), ""),
        (
            person("Leyla Karimi", phones="02188776655"),
            person("Leila Karimi", phones="02688776655"),
            "ending slip",
        ),
        (
            person("Leyla Karimi", phones="09123456789"),
            person("Leila Karimi", phones="09123456789"),
            "number slip",
        ),
        (person("Ali Rad", "Pars"), person("Eli Rad", "Pars"), ""),
        (person("Gate 1201", "Pars"), person("Gate 1202", "Pars"), ""),
        (person("Parviz pur", "Pars"), person("Parvizpour", "Pars"), "slip company"),
        # initials
        (person("L. Karimi", "Pars"), person("Leila Karimi", "Pars"), "company initials"),
        (person("L. Karimi"), person("Leila Karimi"), ""),
        (person("L. K.", "Pars"), person("Leila Karimi", "Pars"), ""),
        (person("S. Karimi", "Pars"), person("Leila Karimi", "Pars"), ""),
        # nothing
        (person("Leila"), person("Reza"), ""),
        (person("", "Pars"), person("", "Pars"), ""),
        (person(), person(), ""),
        (person("Leila Karimi", "Pars"), person("Sara Ahmadi", "Pars"), ""),
    ],
)
def test_the_reasons(a: NewContact, b: NewContact, why: str) -> None:
    found = between(a, b)
    assert " ".join(found.why) == why
    assert (found.score == 0) == (not why)


@pytest.mark.parametrize(
    ("a", "b", "likely"),
    [
        (person("Leila Karimi"), person("Leila Karimi"), True),
        (person("Leila Karimi", phones="09120000001"), person("Leila Karimi", phones="09350000002"), True),
        (person("Leila Karimi", "Pars"), person("Leila Karimi", "Arya"), False),
        (person("Leila"), person("Leila"), True),
        (person("Leila", phones="09120000001"), person("Leila", phones="09350000002"), False),
        (person("Leila Karimi", "Pars", "09120000001"), person("Reza Rad", "Arya", "09120000001"), True),
        (person("Leila Karimi", phones="88776655"), person("Reza Rad", phones="02188776655"), False),
        (person("", phones="88776655"), person("Reza Rad", phones="02188776655"), True),
        (person("L. Karimi", "Pars"), person("Leila Karimi", "Pars"), True),
    ],
)
def test_what_is_likely(a: NewContact, b: NewContact, likely: bool) -> None:
    assert between(a, b).likely is likely


LEILA = person("Leila Karimi", "Pars", "09123456789", "leila@pars.example")
LADDER = [
    LEILA,
    person("Leila Karimi", "Pars", "09123456789"),
    person("Leila Karimi", "", "09123456789"),
    person("Leyla Karimi", "", "09123456789"),
    person("Leila Karimi", "Arya", "09123456789"),
    person("Leila Karimi", "Arya", "09350000002"),
    person("Sara Ahmadi", "Arya", "09350000002"),
]


def test_the_more_speaks_for_it_the_higher_the_score() -> None:
    scores = [between(LEILA, other).score for other in LADDER]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[-1] == 0
    assert scores[0] > 90


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (person("Leila Karimi"), person("Leila Karimi", "Arya")),
        (person("Leila Karimi", "Pars"), person("Leila Karimi", "Pars", "09350000002")),
        (person("Leila", phones="09123456789"), person("Reza", phones="09123456789")),
    ],
)
def test_another_company_number_or_name_lowers_it(near: NewContact, far: NewContact) -> None:
    assert between(LEILA, near).score > between(LEILA, far).score


PEOPLE = st.builds(
    person,
    st.sampled_from(["", "Leila", "Leila Karimi", "Karimi Leila", "Leyla Karimi", "L Karimi", "لیلا کریمی"]),
    st.sampled_from(["", "Pars", "Arya"]),
    st.sampled_from(["", "09123456789", "3456789", "02188776655", "88776655 09123456789"]),
    st.sampled_from(["", "a@b.example", "A@b.example c@d.example"]),
)


@given(PEOPLE, PEOPLE)
def test_a_score_is_a_per_cent_with_a_reason_and_the_same_both_ways(a: NewContact, b: NewContact) -> None:
    found = between(a, b)
    assert 0 <= found.score <= 100
    assert bool(found.why) == (found.score > 0)
    if {"number", "email"} & set(found.why):
        assert found.score >= LEAST

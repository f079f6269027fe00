"""Who: finding and taking a contact never saves, and never takes somebody who was not typed for."""

from __future__ import annotations

from tuicrm.domain.models import ContactRow, NewContact, PhoneNumber
from tuicrm.tui.bar.who import Finder, NewRow, is_line


def row(id: int, name: str, *, near: bool = False, exact: bool = False, phone: str = "") -> ContactRow:
    return ContactRow(id, name, "", phone, None, 0, None, near=near, exact=exact)


def typed(text: str, *hits: ContactRow, caller: str = "") -> Finder:
    finder = Finder("IR", caller=PhoneNumber(caller) if caller else None)
    finder.type(text)
    finder.found(text, hits)
    return finder


def lit_name(finder: Finder) -> str | None:
    found = finder.row
    if isinstance(found, NewRow):
        return f"new {found.contact.name}".strip()
    return found.name if found else None


def test_the_first_person_found_is_lit_and_the_new_contact_stands_last() -> None:
    finder = typed("leila", row(1, "Leila Karimi"), row(2, "Leila Kazemi"))
    assert lit_name(finder) == "Leila Karimi"
    assert isinstance(finder.rows[-1], NewRow)


def test_a_result_for_an_older_text_is_thrown_away() -> None:
    finder = Finder("IR")
    finder.type("lei")
    finder.type("leo")
    assert not finder.found("lei", (row(1, "Leila Karimi"),))
    assert finder.row is None
    assert not finder.ready


def test_nothing_is_lit_until_the_people_of_this_text_are_known() -> None:
    finder = typed("lei", row(1, "Leila Karimi"))
    finder.type("leil")
    assert finder.lit is None


def test_a_person_a_slip_away_is_listed_but_never_lit_by_itself() -> None:
    finder = typed("laila karimi", row(1, "Leila Karimi", near=True))
    assert [type(one) for one in finder.rows] == [ContactRow, NewRow]
    assert finder.lit is None
    finder.choose(1)
    assert lit_name(finder) == "Leila Karimi"


def test_a_new_contact_of_words_alone_is_never_lit_by_itself() -> None:
    finder = typed("nobody here")
    assert finder.lit is None
    finder.choose(1)
    assert lit_name(finder) == "new Nobody Here"


def test_a_new_contact_with_a_number_is_lit_by_itself() -> None:
    finder = typed("sara nouri 0912 111 2233")
    assert lit_name(finder) == "new Sara Nouri"
    assert finder.new is not None
    assert finder.new.contact.phones[0].e164 == "+989121112233"


def test_somebody_with_just_that_number_is_lit_before_the_new_contact() -> None:
    finder = typed("0912 345 6789", row(1, "Leila Karimi", phone="+989123456789"))
    assert lit_name(finder) == "Leila Karimi"


def test_a_namesake_does_not_take_a_new_contact_with_another_number() -> None:
    finder = typed("leila karimi 0912 000 0000", row(1, "Leila Karimi", phone="+989123456789"))
    assert lit_name(finder) == "new Leila Karimi"


def test_for_an_unknown_caller_only_exact_names_stand_above_the_new_contact() -> None:
    hits = (row(1, "Leila Karimi", exact=True), row(2, "Leila Karimian"))
    finder = typed("leila karimi", *hits, caller="0912 999 8877")
    assert [getattr(one, "name", "new") for one in finder.rows] == ["Leila Karimi", "new"]
    assert lit_name(finder) == "new Leila Karimi"
    assert finder.new is not None
    assert finder.new.contact.phones == (PhoneNumber("0912 999 8877"),)


def test_what_follows_a_comma_is_the_company() -> None:
    finder = typed("george webb, webb & sons")
    assert finder.new is not None
    assert finder.new.contact == NewContact("George Webb", "Webb & Sons")


def test_many_words_are_doubted_as_a_name() -> None:
    finder = typed("wants the price list again today")
    assert finder.new is not None
    assert finder.new.doubtful
    assert not typed("leila karimi of pars").new.doubtful  # type: ignore[union-attr]


def test_digits_alone_below_seven_make_no_contact() -> None:
    assert typed("6789").new is None


def test_several_people_of_one_number_are_offered_and_none_is_lit() -> None:
    finder = Finder("IR", several=(row(1, "Leila Karimi"), row(2, "Reza Karimi")))
    assert len(finder.rows) == 2
    assert finder.lit is None


def test_typing_again_forgets_who_was_chosen() -> None:
    finder = typed("leila", row(1, "Leila Karimi"), row(2, "Leila Kazemi"))
    finder.choose(1)
    assert lit_name(finder) == "Leila Kazemi"
    finder.type("leila k")
    finder.found("leila k", (row(1, "Leila Karimi"), row(2, "Leila Kazemi")))
    assert lit_name(finder) == "Leila Karimi"


def test_a_token_shows_that_a_line_is_typed_and_no_name() -> None:
    assert all(map(is_line, ("/n", ".q", "=4", "@sara", "#vip", "-9:40", "wants a price /2d", "٫vip")))
    assert not any(
        map(is_line, ("leila", "leila karimi, pars", "+98 912", "0912-345", "sara@pars.ir", "", "-"))
    )

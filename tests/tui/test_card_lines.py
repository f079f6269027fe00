"""The card in words: everything in the tall one, the most useful in the short one, hostile text as text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.tui import samples
from tests.tui.samples import HOSTILE, SCENE, call, card, contact, follow_up, ticket, timeline
from textual.content import Content

from tuicrm.domain.models import CallTicket, Card, Due, EmailAddress, PhoneNumber, Ref
from tuicrm.domain.record import replace
from tuicrm.tui.widgets import card_brief, card_lines

WIDTH = 60


def full(shown: Card, width: int = WIDTH) -> list[str]:
    return [line.plain for line in card_lines.full(shown, SCENE, width)]


def brief(shown: Card, height: int, width: int = 78) -> list[str]:
    return [line.plain for line in card_brief.brief(shown, SCENE, width, height)]


def test_the_title_names_person_company_and_number() -> None:
    assert card_lines.title(contact(), SCENE).plain == "Leila Karimi · Pars Pump Co · 0912 123 4567"


def test_without_a_name_the_number_is_the_title_and_stands_once() -> None:
    assert card_lines.title(contact(name="", company=""), SCENE).plain == "0912 123 4567"


def test_what_is_said_of_the_record_itself_is_never_cut() -> None:
    said = " ".join(line.strip() for line in full(card(), 30))
    assert ", changed " in said
    assert "…" not in said[said.index("contact:") : said.index("changed ") + 20]


def test_the_tall_card_has_everything() -> None:
    person = contact(
        phones=(PhoneNumber("09121234567", "+989121234567", label="mobile"), PhoneNumber("12", None)),
        emails=(EmailAddress("leila@pars.example", "work"),),
        note="Prefers mornings.",
    )
    shown = full(card(contact=person))
    for line in (
        "0912 123 4567 mobile",
        "12 not a valid number",
        "leila@pars.example work",
        "tags: vip, north",
        "city: Tehran",
        "Prefers mornings.",
        "2 calls, the last 5 days ago",
        "Follow-ups",
        "today 08:30  late 1h  call back: price of pump  2/4  @sara",
        "Tickets",
        "#38 normal, open: leaking seal @sara",
        "Timeline",
    ):
        assert line in shown


def test_a_narrow_card_breaks_a_call_between_its_facts_and_cuts_none() -> None:
    words = ("quote?", "#38 normal", "sara", "asked price of pump P40, wants 3")
    ticket_of = CallTicket(38, "leaking seal", "normal", "open")
    said = call(note=words[-1], topic="quote", topic_guessed=True, ticket=ticket_of)
    shown = card(timeline=timeline(said), calls=1)
    for width in (100, 72, 60, 47, 44):
        lines = full(shown, width)
        assert all(len(line) <= width for line in lines)
        assert not any("…" in line for line in lines[lines.index("Timeline") :])
        for word in words[:-1]:
            assert any(word in line for line in lines)
    at = full(shown, 47).index("Timeline")
    assert full(shown, 47)[at + 1].endswith("connected")
    assert full(shown, 47)[at + 2 :] == ["  quote?  #38 normal  sara", f"  {words[-1]}"]


def test_what_has_no_room_for_its_agent_leaves_the_name_out_whole() -> None:
    quiet = call(note="", topic="quote", topic_guessed=True)
    shown = full(card(timeline=timeline(quiet), calls=1), 48)
    assert shown[-1].endswith("connected  quote?")
    assert "#38 normal, open: leaking seal" in full(card(), 34)
    assert "#38 normal, open: leaking seal @sara" in full(card(), 36)


def test_a_reason_too_long_for_the_line_of_its_promise_stands_below_it_whole() -> None:
    promise = follow_up(reason="call back about the price of the larger pump")
    first, *below = (line.plain for line in card_lines.promise(promise, SCENE, 47))
    assert first == "today 08:30  late 1h  2/4  @sara"
    assert below == ["  call back about the price of the larger pump"]


def test_what_a_calendar_says_of_a_promise_stands_below_it_as_long_as_it_is_no_book() -> None:
    promise = follow_up(note="bring the plan\nasks for Tom", alarm_minutes=90)
    lines = [line.plain for line in card_lines.promise(promise, SCENE, WIDTH)]
    assert lines[1:] == ["  alarm 90m before", "  bring the plan", "  asks for Tom"]
    book = follow_up(note="\n".join(map(str, range(100))))
    lines = [line.plain for line in card_lines.promise(book, SCENE, WIDTH)]
    assert (len(lines), lines[-1]) == (7, "  5 …")
    assert lines[1] in full(card(follow_ups=(book,)))


def test_what_is_put_off_or_was_moved_says_so_below_the_promise() -> None:
    it = follow_up()
    again = replace(
        it, remind_at=SCENE.now + timedelta(hours=1), first_due=Due(it.due.on - timedelta(days=30))
    )
    below = [line.plain.strip() for line in card_lines.promise(again, SCENE, WIDTH)[1:]]
    assert below[0].startswith("reminded again today ")
    assert below[1].startswith("first promised for ")
    over = replace(it, remind_at=SCENE.now - timedelta(hours=1))
    assert len(card_lines.promise(over, SCENE, WIDTH)) == 1


def test_do_not_call_stands_on_top() -> None:
    assert full(card(contact=contact(do_not_call=True)))[0] == "do not call"


def test_a_long_note_is_wrapped_under_its_call() -> None:
    note = "asked the price of the pump P40 and wants three of them by Thursday at the latest"
    shown = full(card(timeline=timeline(call(note=note))))
    start = shown.index("Timeline") + 1
    assert shown[start].startswith("Fri 20 Nov  09:31  in   3:05   connected")
    assert " ".join(line.strip() for line in shown[start + 1 :]).startswith(note)
    assert all(line.startswith("  ") for line in shown[start + 1 : start + 3])


def test_a_missed_call_and_a_guessed_topic_say_so() -> None:
    missed = call(outcome="missed", note="", topic="quote", topic_guessed=True)
    shown = "\n".join(full(card(timeline=timeline(missed)), 90))
    assert "missed" in shown
    assert "quote?" in shown


def test_calls_that_are_not_listed_are_counted() -> None:
    assert full(card(calls=14))[-1] == "… and 12 earlier calls"


def test_somebody_never_called_says_so() -> None:
    shown = full(card(contact=contact(last_call_at=None), calls=0, timeline=(), follow_ups=(), tickets=()))
    assert "no calls yet" in shown
    assert shown[-1] == "Nothing has been logged yet."


def test_the_short_card_begins_with_the_last_talks() -> None:
    shown = brief(card(), 4)
    assert shown[0].startswith("Fri 20 Nov  09:31  in          no answer")
    assert shown[1].startswith("Fri 20 Nov  09:31  in   3:05   connected  asked price of pump P40")
    assert shown[2] == "#38 normal, open: leaking seal @sara"
    assert shown[3].startswith("tags: vip, north")
    assert shown[3].endswith("2 calls, the last 5 days ago")


def test_the_short_card_names_the_owner_where_it_has_room() -> None:
    assert brief(card(contact=contact(owner="sara"), timeline=(), calls=0), 5)[-1] == "owner @sara"
    assert not any("owner" in line for line in brief(card(contact=contact(owner="sara")), 4))


def test_the_columns_of_a_short_card_stay_where_they_are_from_one_person_to_the_next() -> None:
    early = call(started_at=samples.NOW - timedelta(days=20), note="")
    many = brief(card(timeline=timeline(early, call(), call()), tickets=()), 8)
    one = brief(card(contact=contact(tags=()), timeline=timeline(early), tickets=()), 8)
    assert one[0] == many[0]
    assert one[0].startswith("Mon 2 Nov   09:31  in")
    assert one[-1].strip() == "2 calls, the last 5 days ago"
    assert many[-1].endswith(one[-1][-28:])
    assert len(many[-1]) == len(one[-1]) == 78


@pytest.mark.parametrize("height", [1, 2, 3, 5, 8])
def test_the_short_card_never_takes_more_lines_than_it_has(height: int) -> None:
    many = card(
        contact=contact(do_not_call=True, note="a\nb\nc", phones=samples.contact().phones * 3),
        tickets=tuple(ticket(id=number) for number in range(9)),
        timeline=timeline(*(call(id=number) for number in range(20))),
    )
    assert len(brief(many, height)) <= height


def test_resolved_tickets_are_not_in_the_short_card() -> None:
    shown = brief(card(tickets=(ticket(status="resolved", category="resolved"),)), 6)
    assert not any("#38" in line for line in shown)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [24, 60, 78])
def test_hostile_text_is_shown_literally_and_never_wider_than_its_place(hostile: str, width: int) -> None:
    person = contact(
        name=hostile,
        company=hostile,
        tags=(hostile,),
        fields={hostile: hostile},
        note=hostile,
        owner=hostile,
        emails=(EmailAddress(hostile, hostile),),
        phones=(PhoneNumber(hostile, None, label=hostile),),
    )
    shown = card(
        contact=person,
        follow_ups=(follow_up(reason=hostile, assignee=hostile, note=hostile),),
        tickets=(ticket(subject=hostile, assignee=hostile),),
        timeline=timeline(call(note=hostile, agent=hostile, contact=Ref(1, hostile))),
    )
    lines: list[Content] = [
        card_lines.title(person, SCENE),
        *card_lines.full(shown, SCENE, width),
        *card_brief.brief(shown, SCENE, width, 8),
    ]
    for line in lines:
        assert "\x1b" not in line.plain
        assert "\x07" not in line.plain
    assert all(line.cell_length <= width for line in lines[1:])
    if hostile == "[/]":
        assert sum("[/]" in line.plain for line in lines) >= 8


def test_persian_notes_are_wrapped_before_they_are_set_right_to_left() -> None:
    note = "قیمت پمپ را پرسید و سه دستگاه تا پنج‌شنبه می‌خواهد و دوباره تماس می‌گیرد"
    lines = card_lines.full(card(timeline=timeline(call(note=note))), SCENE, 40)
    wrapped = [line.plain for line in lines if "\u2067" in line.plain]
    assert len(wrapped) > 1
    assert wrapped[0].strip().startswith("\u2067قیمت")
    assert all(line.count("\u2067") == line.count("\u2069") for line in wrapped)


def test_a_merged_or_deleted_contact_says_so() -> None:
    assert full(card(contact=replace(contact(), deleted_at=samples.NOW)))[0] == "deleted"


def test_in_a_narrow_card_the_outcome_is_worth_more_than_the_day_of_the_week() -> None:
    shown = card(timeline=timeline(call(note="", outcome="connected")))
    assert any("Fri 20 Nov" in line and "connected" in line for line in full(shown, 60))
    narrow = full(shown, 40)
    assert any(line.startswith("20 Nov") and "connected" in line for line in narrow)
    assert not any("Fri" in line for line in narrow)

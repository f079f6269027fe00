"""``tuicrm followup add`` and its kind, ``ticket new``, and all that ``contact edit`` changes."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


def test_a_follow_up_from_promise_to_done(leila: Shell) -> None:
    made = leila.json("followup", "add", "leila", "thursday 10", "price", "of", "pump")
    assert (made["due_at"], made["reason"], made["assignee"]) == (
        "2026-11-26T10:00:00+03:30",
        "price of pump",
        "sara",
    )
    ref = f"followup:{made['id']}"
    later = leila.json("followup", "snooze", ref, "2026-12-01 11:00")
    assert (later["due_on"], later["remind_at"]) == ("2026-11-26", "2026-12-01T11:00:00+03:30")
    assert "reminded again 2026-12-01 11:00" in leila.ok("followup", "list").out
    assert leila.json("followup", "due") == []
    assert leila.json("followup", "snooze", ref, "now")["remind_at"] is None
    assert leila.json("followup", "move", ref, "2026-12-02")["first_due_on"] == "2026-12-02"
    assert leila.json("followup", "done", ref)["state"] == "done"
    refused = leila("followup", "done", ref, "--json")
    assert (refused.code, refused.error["code"]) == (6, "conflict")


def test_what_is_due_to_who_must_not_be_called_is_marked(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "today", "price")
    assert "do not call" not in leila.ok("followup", "due").out
    leila.ok("contact", "edit", "leila", "--do-not-call")
    for words in (("followup", "due"), ("followup", "list"), ("contact", "show", "leila")):
        assert "do not call: price" in leila.ok(*words).out
    leila.ok("followup", "cancel", "1", "wants", "none")
    assert "do not call" not in leila.ok("followup", "list").out


def test_what_was_promised_elsewhere_is_listed_on_the_agents_own_clock(leila: Shell) -> None:
    leila.ok("log", "leila", "wants a price /thu 10")
    leila.ok("followup", "snooze", "1", "2026-11-25 11:00")
    assert "Thu 2026-11-26 10:00" in leila.ok("followup", "list").out
    leila.set(TUICRM_ZONE="Europe/Berlin")
    for words in (("followup", "list"), ("call", "show", "1"), ("contact", "show", "leila")):
        assert "Thu 2026-11-26 07:30" in leila.ok(*words).out
    assert "reminded again 2026-11-25 08:30" in leila.ok("followup", "list").out


def test_a_follow_up_is_handed_on_and_cancelled(leila: Shell) -> None:
    leila.ok("agent", "add", "reza")
    made = str(leila.json("followup", "add", "1", "tomorrow", "--agent", "reza")["id"])
    assert leila.json("followup", "assign", made, "sara")["assignee"] == "sara"
    ended = leila.json("followup", "cancel", made, "bought", "elsewhere")
    assert (ended["state"], ended["reason"], ended["closed_reason"]) == ("cancelled", "", "bought elsewhere")
    assert "cancelled: bought elsewhere" in leila.ok("followup", "list", "--state", "cancelled").out
    again = leila.json("followup", "reopen", made, "2026-12-24")
    assert (again["state"], again["due_on"], again["closed_at"]) == ("open", "2026-12-24", None)
    assert leila.ok("followup", "add", "leila", "tomorrow").out.strip()


def test_what_is_put_off_is_not_due_until_its_reminder(leila: Shell) -> None:
    made = str(leila.json("followup", "add", "leila", "today", "price")["id"])
    assert [each["id"] for each in leila.json("followup", "due")] == [int(made)]
    leila.ok("followup", "snooze", made, "1h")
    assert leila.json("followup", "due") == []
    assert [each["id"] for each in leila.json("followup", "list", "--where", "snoozed:yes")] == [int(made)]
    leila.ok("followup", "snooze", made, "now")
    assert [each["id"] for each in leila.json("followup", "due")] == [int(made)]


@pytest.mark.parametrize("text", ["5m", "in 5 minutes", "۵ دقیقه دیگه"])
def test_a_reminder_may_be_put_off_for_five_minutes(leila: Shell, text: str) -> None:
    made = str(leila.json("followup", "add", "leila", "today", "price")["id"])
    later = leila.json("followup", "snooze", made, text)
    assert later["remind_at"] == "2026-11-22T09:35:00+03:30"


def test_a_moment_that_has_just_passed_is_said_and_nothing_is_promised(leila: Shell) -> None:
    day = leila("followup", "add", "leila", "20 nov", "payment")
    assert (day.code, day.err) == (
        5,
        "20 nov has passed (2026-11-20); for the next one write 2027-11-20.\n",
    )
    assert leila("log", "leila", "x /20nov").code == 5
    assert leila("followup", "add", "leila", "today 9:00").err.startswith("09:00 has passed")
    minus = leila("followup", "add", "leila", "-2d", "contract")
    assert (minus.code, "is a moment in the past" in minus.err) == (2, True)
    assert leila.json("followup", "list") == []
    assert len(leila.json("call", "list", "--from", "20 nov")) == len(leila.json("call", "list"))


def test_a_first_date_that_is_none_of_those_it_repeats_on_is_kept_and_said(leila: Shell) -> None:
    said = "Tue 2026-12-01 is none of the days that it repeats on, then Mon 2026-12-07, "
    made = leila.ok("followup", "add", "leila", "2026-12-01", "service", "--every", "every monday")
    assert made.err.startswith(said), made
    assert leila.json("followup", "list")[0]["due_on"] == "2026-12-01"
    assert leila.ok("followup", "edit", "1", "--when", "2026-12-07", "--every", "every monday").err == ""
    assert (
        leila.ok("followup", "edit", "1", "--when", "2026-12-01", "--every", "every monday").err == made.err
    )
    for when, every in (("2026-12-01", "every tuesday"), ("", "every monday"), ("2026-12-01", "monthly")):
        assert leila.ok("followup", "add", "leila", when, "service", "--every", every).err == ""


def test_a_bare_hour_of_the_night_is_refused_with_both_ways_to_say_it(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "tomorrow 10")
    for words in (("add", "leila"), ("snooze", "1"), ("move", "1"), ("edit", "1", "--when")):
        ended = leila("followup", *words, "tomorrow at 3")
        assert ended.code == 5
        assert "tomorrow at 3 is 03:00, at night. Write tomorrow at 15, or tomorrow at 3am" in ended.err
    assert len(leila.json("followup", "list")) == 1


def test_the_shell_says_what_is_off_what_is_open_and_who_is_marked(leila: Shell) -> None:
    assert "is a day off" in leila.ok("followup", "add", "leila", "2026-11-27", "price").err
    assert "is a day off" not in leila.ok("followup", "move", "1", "2026-11-25").err
    said = leila.ok("log", "leila", "wants a visit /2026-12-01").out
    assert "2 follow-ups of this contact are open now." in said
    leila.ok("contact", "edit", "1", "--every", "30d")
    assert "next by 20" in leila.ok("contact", "show", "1").out
    leila.ok("followup", "move", "1", "today")
    said = leila.ok("log", "leila", "/do_not_call").out
    assert "The contact is marked now: do not call." in said
    assert "is done" not in said
    assert "The due follow-up is cancelled." in said
    assert "1 follow-up of this contact stays open" in said
    assert "1 follow-up of this contact stays open" in leila.ok("contact", "edit", "1", "--do-not-call").err
    assert leila.ok("contact", "edit", "1", "--may-call").err == ""


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("followup", "add", "nobody at all", "tomorrow"), 4),
        (("followup", "add", "leila", "someday"), 5),
        (("followup", "add", "leila", "tomorrow", "--agent", "nobody"), 5),
        (("followup", "done", "404"), 4),
        (("ticket", "new", "leila", ""), 5),
        (("ticket", "new", "leila", "x", "--priority", "soonish"), 5),
        (("ticket", "new", "nobody at all", "x"), 4),
        (("contact", "edit", "leila", "--every", "often"), 5),
        (("contact", "edit", "leila", "--owner", "nobody"), 5),
    ],
)
def test_refusals(leila: Shell, args: tuple[str, ...], code: int) -> None:
    done = leila(*args)
    assert (done.code, done.out) == (code, "")


def test_a_ticket_is_opened(leila: Shell) -> None:
    made = leila.json("ticket", "new", "leila", "pump leaks", "--priority", "high", "--note", "since monday")
    assert (made["subject"], made["priority"], made["category"]) == ("pump leaks", "high", "open")
    assert [one["id"] for one in leila.json("contact", "show", "leila")["tickets"]] == [made["id"]]


def test_edit_covers_everything_of_a_contact(leila: Shell) -> None:
    edited = leila.json(
        *("contact", "edit", "leila", "--phone", "office: 021 8877 6655", "--every", "3 months"),
        *("--do-not-call", "--owner", "me", "--field", "a=1", "--field", "b=2", "--private-note", "haggles"),
    )
    assert (edited["cadence_days"], edited["do_not_call"], edited["owner"]) == (90, True, "sara")
    assert edited["phones"][1]["label"] == "office"
    again = leila.json(
        *("contact", "edit", "leila", "--no-field", "a", "--every", "-", "--may-call", "--owner", "")
    )
    assert (again["fields"], again["cadence_days"]) == ({"b": "2"}, None)
    assert (again["do_not_call"], again["owner"]) == (False, None)
    assert leila.json("contact", "show", "leila")["private_note"] == "haggles"
    leila.set(TUICRM_AGENT="reza")
    assert leila.json("contact", "show", "leila")["private_note"] == ""
    assert "haggles" not in leila.ok("history", "--json").out


def test_private_notes_are_in_no_export_but_that_of_everything(leila: Shell) -> None:
    leila.ok("contact", "edit", "leila", "--private-note", "haggles")
    for form in ("json", "csv", "vcard"):
        assert "haggles" not in leila.ok("export", "contacts", "--format", form).out
    assert "haggles" in leila.ok("export", "all").out


def test_add_takes_it_all_too(shell: Shell) -> None:
    made = shell.json("contact", "add", "Reza", "--every", "90d", "--owner", "me", "--private-note", "x")
    assert (made["cadence_days"], made["owner"]) == (90, "sara")


def test_what_repeats_is_said_promised_again_skipped_and_ended(leila: Shell) -> None:
    made = leila.json("followup", "add", "leila", "5 dec 10:00", "service", "--every", "monthly on the 5th")
    assert made["recurrence"] == "FREQ=MONTHLY;BYMONTHDAY=5"
    assert "every month on the 5th" in leila("followup", "list").out
    done = leila("followup", "done", str(made["id"]))
    assert done.out.count("every month on the 5th") == 2
    assert "2027-01-05" in done.out
    (second,) = leila.json("followup", "list", "--state", "open")
    assert (second["due_on"], second["recurrence"]) == ("2027-01-05", made["recurrence"])
    leila("followup", "skip", str(second["id"]))
    (third,) = leila.json("followup", "list", "--state", "open")
    assert third["due_on"] == "2027-02-05"
    ended = leila("followup", "cancel", str(third["id"]), "moved away")
    assert "The series has ended" in ended.err
    assert leila.json("followup", "list", "--state", "open") == []


def test_how_it_repeats_is_edited_and_refused(leila: Shell) -> None:
    made = leila.json("followup", "add", "leila", "", "service", "--every", "هر سال ۱ فروردین")
    assert made["due_on"] == "2027-03-21"
    changed = leila.json("followup", "edit", str(made["id"]), "--every", "every 90 days after done")
    assert changed["recurrence"] == "FREQ=DAILY;INTERVAL=90;X-FROM=DONE"
    refused = leila("followup", "edit", str(made["id"]), "--every", "every 3 hours")
    assert refused.code == 5
    assert leila.json("followup", "edit", str(made["id"]), "--every", "never")["recurrence"] is None
    assert leila("followup", "skip", str(made["id"])).code == 6


def test_every_working_day_is_called_so_in_lists(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "tomorrow", "call back", "--every", "every working day")
    assert leila.ok("followup", "list").out.rstrip().endswith("every working day")
    assert "every working day" in leila.ok("contact", "show", "1").out


def test_promises_to_people_who_must_not_be_called_are_found(leila: Shell) -> None:
    leila.ok("contact", "add", "Farhad Pars", "--phone", "0935 000 1122")
    for who in ("leila", "farhad"):
        leila.ok("followup", "add", who, "tomorrow", "price")
    leila.ok("contact", "edit", "leila", "--do-not-call")
    found = leila.json("followup", "list", "--where", "dnc:yes")
    assert [each["contact"]["name"] for each in found] == ["Leila Karimi"]
    found = leila.json("followup", "list", "--where", "dnc:no")
    assert [each["contact"]["name"] for each in found] == ["Farhad Pars"]

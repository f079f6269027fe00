"""What was typed by a token is said back: when, how long, what about, by which channel, with which tags."""

from __future__ import annotations

from tests.cli.shell import Shell


def test_what_the_tokens_said_is_told_in_the_sentence(leila: Shell) -> None:
    said = leila.ok("log", "contact:1", "sample wanted =3:40 -9:05 .q #vip /s9 /sms /in").out
    first = said.splitlines()[0]
    assert first == (
        "Leila Karimi: connected, at 09:05, 3:40 long, inbound, text message, quote, #vip, score 9, sample wanted"
    )


def test_another_day_is_told_with_its_date(leila: Shell) -> None:
    said = leila.ok("log", "contact:1", "sample -1d9.40").out
    assert said.splitlines()[0] == "Leila Karimi: connected, Sat 21 Nov at 09:40, sample"


def test_what_nobody_typed_is_not_told(leila: Shell) -> None:
    said = leila.ok("log", "contact:1", "quote for two boilers").out
    assert said.splitlines()[0] == "Leila Karimi: connected, quote for two boilers"
    assert leila.ok("log", "contact:1", "/n").out.startswith("Leila Karimi: no answer\n")


def test_in_persian_too(leila: Shell) -> None:
    leila.set(TUICRM_LANG="fa")
    said = leila.ok("log", "contact:1", "نمونه =۳:۴۰ -۹٫۰۵ /sms").out
    assert said.splitlines()[0] == "Leila Karimi: صحبت شد، ساعت ۰۹:۰۵، مدت ۳:۴۰، پیامک، نمونه"


def test_a_call_that_was_none_says_what_it_was(leila: Shell) -> None:
    leila.ok("log", "contact:1", "sample /sms /s9")
    leila.ok("log", "contact:1", "asked again")
    lines = [line.split() for line in leila.ok("call", "show", "1").out.splitlines()]
    assert ["channel", "text", "message"] in lines
    assert ["score", "9"] in lines
    assert "channel" not in leila.ok("call", "show", "2").out


def test_the_list_of_calls_names_a_channel_that_is_no_call(leila: Shell) -> None:
    leila.ok("log", "contact:1", "sample /sms")
    leila.ok("log", "contact:1", "price")
    price, sample = leila.ok("call", "list").out.splitlines()[:2]
    assert "connected, text message" in sample
    assert "text message" not in price

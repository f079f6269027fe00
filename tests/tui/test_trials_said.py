"""What people missed in what is told after a save, and in the line at the top."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import NADIA, desk
from tests.tui.persian import persian_desk

ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2069))


async def test_the_message_says_back_when_how_long_and_what_about(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G", "l")
        await one.type("sample =3:40 -9:05 .q #north /sms")
        await one.press("enter")
        assert one.message.startswith("Nadia Rostami: connected, at 09:05, 3:40 long, text message, quote")
        [call] = one.calls(NADIA)
        assert (call.duration_s, call.channel, call.topic) == (220, "sms", "quote")


async def test_a_promise_stands_before_what_else_was_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G", "l")
        await one.type("sample =3:40 /tom 10")
        await one.press("enter")
        assert one.message.startswith("Nadia Rostami: connected, follow-up tomorrow 10:00, 3:40 long")


async def test_in_persian_too(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, mode="logical") as one:
        await one.press("l")
        await one.type("نمونه =۳:۴۰ -۹٫۰۵ /-")
        await one.press("enter")
        plain = one.message.translate(ISOLATES)
        assert "ساعت ۰۹:۰۵، مدت ۳:۴۰" in plain


async def test_the_day_of_the_persian_calendar_stands_at_the_top_at_eighty(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, mode="logical") as one:
        top = one.lines[0].translate(ISOLATES)
        assert "یکشنبه ۱ آذر" in top
        assert "شاخص‌ها" in top, "and every place has its title"

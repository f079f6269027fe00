"""What a log line can say, token by token: for help and the cheat sheet. English texts, translated where shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "What a log line can say"
RULE: Final = "Words are the note. These count at the line's beginning and end:"

TOKENS: Final[tuple[tuple[str, str], ...]] = (
    ("/n  /noa", "how it ended: an outcome's key, or how its name begins"),
    ("/2d  /3w  /4h  /3wd", "follow up after that long; wd: working days"),
    ("/tom 9:30  /sat10", "follow up on that day, at that time"),
    ("/1dec  /17  /5pm", "follow up on that date, or at that hour"),
    ("/-", "no follow-up, whatever the outcome asks for"),
    ("/t  /tl  /th  /tu", "a new ticket: normal, low, high, urgent"),
    ("/t12  /to", "it belongs to ticket 12, or to the only open one"),
    ("/x12  /x", "it resolves ticket 12, or the only open one"),
    (".q  .quo", "the topic: its key, or how its name begins"),
    ("-9:40  -30m", "when it was: at 9:40, half an hour ago"),
    ("-1d  -mon 10", "which day it was: yesterday, Monday at 10"),
    ("=4  =3:40", "how long it was: minutes, or minutes:seconds"),
    ("#vip", "a tag"),
    ("@sara", "hands follow-up and ticket to that agent"),
    ("/in  /out", "they called, we called"),
    ("/sms  /email", "the channel: no call but a message, a letter"),
    ("/s8", "the score they gave, up to 10"),
    ("//n", "not a token: the text /n itself"),
)
"""The tokens as typed, and what they mean."""
IN_PERSIAN: Final[Mapping[str, str]] = {
    "/n  /noa": "/پاسخ",
    "/2d  /3w  /4h  /3wd": "/۲روز  /۳هفته  /۴ساعت",
    "/tom 9:30  /sat10": "/فردا ۹:۳۰  /شنبه۱۰",
    "/1dec  /17  /5pm": "/۱۵آذر  /۱۷  /ظهر",
    "-9:40  -30m": "-۹:۴۰  -۳۰دقیقه",
    ".q  .quo": ".پیش",
    "-1d  -mon 10": "-دیروز  -دوشنبه ۱۰",
    "=4  =3:40": "=۴  =۳:۴۰",
}
"""The same as one types it in Persian: help shows it below the token, and finds the token by it."""

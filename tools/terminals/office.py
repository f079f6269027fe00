"""The office in the pictures: people who do not exist, Persian and English, with two days of calls behind them.

Their names, companies and notes hold what goes wrong first in a terminal: half-spaces, lam-alef, vowel marks,
brackets, Latin words in Persian sentences, phone numbers, amounts, both kinds of digits.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, Direction, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts
from tuicrm.services.context import open_crm
from tuicrm.settings import Settings

NOW: Final = "2026-11-22T09:31:00+03:30"
"""A Sunday morning in Tehran: 1 Azar 1405."""
AGENT: Final = "sara"
_DAY_S: Final = 86400.0

PEOPLE: Final = (
    NewContact(
        "لیلا نمونه‌کار",
        "پارس پمپ (نمونه)",
        (PhoneNumber("0912 123 4567"), PhoneNumber("021 8877 6655", "office")),
        (EmailAddress("leila@example.com"),),
        tags=("ویژه", "north"),
        fields={"کد مشتری": "A-1405/12"},
        note="صبح‌ها تماس نگیرید",
    ),
    NewContact("محمّد آزمایشی", "تأسیسات ABC (آزمایشی)", (PhoneNumber("0935 000 2345"),), tags=("عمده",)),
    NewContact("Ann Example", "Example & Sons", (PhoneNumber("+44 20 7946 0991"),), tags=("school",)),
    NewContact("علاء‌الدین فرضی", "کالای سالم [فرضی]", (PhoneNumber("0911 222 3344"),)),
    NewContact("Bob Sample", "Sample Heating Co", (PhoneNumber("0913 333 4455"),)),
    NewContact("ژاله خیالی‌نژاد", "", (PhoneNumber("0914 555 6677"),)),
)
LEILA, MOHAMMAD, ANN, ALA, BOB, ZHALEH = range(1, 7)
_Lines = tuple[tuple[int, Direction, str, int], ...]
"""Calls: of whom, direction, the line, seconds of talk."""
_BEFORE: Final[_Lines] = (
    (LEILA, "in", "قیمت پمپ P40 را پرسید، ۳ عدد می‌خواهد /2026-11-21 10:00", 185),
    (MOHAMMAD, "out", "پیش‌فاکتور ۲ رادیاتور (مدل E1) خواست", 240),
    (BOB, "in", "asked for «پمپ P40», wants 3 /-", 95),
)
_YESTERDAY: Final[_Lines] = (
    (LEILA, "out", "لیست قیمت ارسال شد؛ ۱٬۲۵۰٬۰۰۰ تومان، تلفن 021 8877 6655 /2026-11-22 8:30", 130),
    (MOHAMMAD, "in", "دیگ E1 خاموش می‌شود /th /2026-11-22 9:00", 310),
    (ANN, "out", "contract renewal, ask for «علاء‌الدین» /2026-11-22 9:30", 60),
    (ALA, "out", "سلام و احوال‌پرسی؛ کالا (۱۲ کارتن) رسید /2026-11-22 10:00", 75),
    (BOB, "in", "boiler stops, code E1 /t /2026-11-22 11:15", 200),
    (ZHALEH, "out", "تا ۱۵ آذر فکر می‌کند /2026-11-23", 45),
)


def environment(folder: Path, language: str) -> dict[str, str]:
    """What the program finds in its environment: the clock, the agent, the language, files all in ``folder``."""
    return {
        **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
        "TUICRM_DB": str(folder / "office.db"),
        "TUICRM_NOW": NOW,
        "TUICRM_AGENT": AGENT,
        "TUICRM_ZONE": "Asia/Tehran",
        "TUICRM_REGION": "IR",
        "TUICRM_LANG": language,
        "LANG": "C.UTF-8",
    }


def open_office(path: Path) -> None:
    """Writes the office into a new database at ``path``."""
    clock = FrozenClock(datetime.fromisoformat(NOW))
    settings = Settings(
        database=str(path), agent=AGENT, zone="Asia/Tehran", region="IR", file=path.with_name("settings.toml")
    )
    crm = open_crm(settings, via="cli", clock=clock)
    clock.advance(-2 * _DAY_S)
    for person in PEOPLE:
        contacts.add(crm, person)
    for lines in (_BEFORE, _YESTERDAY):
        for contact, direction, line, talk_s in lines:
            draft = CallDraft(_uid(contact, line), Who(contact), line, direction=direction, talk_s=talk_s)
            calls.save(crm, draft)
            clock.advance(900)
        clock.advance(_DAY_S - 900 * len(lines))
    crm.close()


def _uid(contact: int, line: str) -> str:
    """The same call gets the same id in every run."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{contact} {line}").hex


def program(environ: Mapping[str, str]) -> dict[str, str]:
    """``environ`` without what would change the pictures: other settings of tuicrm, another terminal's names."""
    foreign = (
        "TUICRM_",
        "KONSOLE_",
        "KITTY_",
        "VTE_",
        "ALACRITTY_",
        "MLTERM",
        "TMUX",
        "STY",
        "TERM",
        "XTERM_",
        "WT_",
        "SSH_",
    )
    kept = {name: value for name, value in environ.items() if not name.startswith(foreign)}
    for name in ("COLUMNS", "LINES", "NO_COLOR", "WINDOWID", "LC_ALL", "PYTHONDONTWRITEBYTECODE"):
        kept.pop(name, None)
    return kept

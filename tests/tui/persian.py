"""A desk of a Persian office on Sunday 2026-11-22, 09:31 in Tehran, as ``desk.py`` but read from right to left.

The people have what goes wrong easily: half-spaces, marks, brackets, English beside Persian, numbers of
telephones in both kinds of digits, a name too long for its column, nobody's name at all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

from tests.tui.desk import DAY_S, NOW, Desk, desk, log

from tuicrm import i18n
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.terminals import Mode
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.tui import text

LEILA, REZA, WEBB, MAHMONIR, PARS, NOBODY, MOMENI, INSTITUTE, MOHAMMAD = range(1, 10)
PEOPLE: Final = (
    NewContact(
        "لیلا کریمی",
        "پمپ پارس (سهامی خاص)",
        (PhoneNumber("0912 123 4567"), PhoneNumber("۰۲۱-۸۸۷۷۶۶۵۵", label="دفتر")),
        emails=(EmailAddress("leila@parspump.example"),),
        tags=("شمال", "vip"),
        fields={"طبقه": "۳، واحد 12", "kind": "wholesale (عمده)"},
        note="فقط عصرها (بعد از ساعت ۱۷) جواب می‌دهد.\nمدل P40 را می‌خواهد، نه P30!",
    ),
    NewContact("رضا احمدی", "Atlas Co.", (PhoneNumber("0935 000 2345"),)),
    NewContact("George Webb", "Webb & Sons (London)", (PhoneNumber("+44 20 7946 0991"),), tags=("export",)),
    NewContact("ماه‌منیر قره‌باغی", "بازرگانی نوین", (PhoneNumber("0911 222 3344"),)),
    NewContact("Pars Trading", "", (PhoneNumber("021 4455 6677"),)),
    NewContact("", "", (PhoneNumber("0936 111 2233"),)),
    NewContact("علی‌رضا مؤمنی", "", (PhoneNumber("0901 765 4321"),)),
    NewContact("مؤسسهٔ مطالعات و پژوهش‌های بازرگانی خاورمیانه", "دانشگاه", (PhoneNumber("021 6611 1000"),)),
    NewContact("محمّد رستمی", "ITCo", (PhoneNumber("0919 888 7766"),)),
)
BEFORE: Final = (
    (9, LEILA, "قیمت پمپ P40 را پرسید (۳ عدد) /-"),
    (7, WEBB, "quote for 2 radiators (steel) sent /-"),
    (5, MOMENI, "/w"),
    (4, REZA, "دیگ E1 روشن نمی‌شود، خطای F28 /th /2026-11-22 10:00"),
    (3, MAHMONIR, "نشتی واشر؛ عکس فرستاد /t /2026-11-20"),
    (2, MOHAMMAD, "/v"),
    (1, LEILA, "دربارهٔ قیمت: «پیش‌فاکتور ۱۲» /2026-11-22 8:30"),
    (1, PARS, "contract renewal /2026-11-22 9:00"),
    (1, WEBB, "=4 wants the order split (2+1) /2026-11-22 9:31"),
    (1, INSTITUTE, "جلسهٔ معرفی در دفتر /2026-11-22"),
    (1, NOBODY, "/n"),
    (1, MAHMONIR, "قرارداد را امضا کرد #شمال /2026-11-28 16:00"),
)
"""What was said: so many days ago, with whom, the line."""


def people(crm: Crm) -> None:
    """The nine people, with the ids ``LEILA`` to ``MOHAMMAD``."""
    for one in PEOPLE:
        contacts.add(crm, one)


def fill(crm: Crm) -> None:
    """The nine people, and the calls that promised what is due now."""
    people(crm)
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    for days, contact_id, line in BEFORE:
        clock.advance(-days * DAY_S)
        log(crm, contact_id, line)
        clock.advance(days * DAY_S)


@contextmanager
def persian(mode: Mode = "visual") -> Iterator[None]:
    """The program speaks Persian to a terminal of that mode."""
    before = text.mode()
    text.use(mode)
    i18n.use("fa", isolate=True)
    try:
        yield
    finally:
        i18n.use("en")
        text.use(before)


@asynccontextmanager
async def persian_desk(
    folder: Path,
    *,
    mode: Mode = "visual",
    size: tuple[int, int] = (80, 24),
    fill: Callable[[Crm], Any] | None = fill,
    at: str = NOW,
) -> AsyncIterator[Desk]:
    """The app in Persian, Today in front."""
    with persian(mode):
        async with desk(folder, size=size, fill=fill, at=at, language="fa") as one:
            yield one

"""What is pictured: keys that lead there from Today, and keys that lead back."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.record import record

LINE: Final = "قیمت P40 را فرستادم، ۳ تا می‌خواهد /فر"
"""A line half typed: Persian with a Latin name, a Persian digit, a half-space and a sign at its end."""
NOTE: Final = (
    "جلسه با شرکت ABC (نمونه) ساعت 10:30:",
    "۱) قیمت P40 را تا ۱۵ آذر نگه می‌داریم",
    "2) call back 0912 123 4567, ask for «علاء‌الدین»",
    "۳) تخفیف ۵٪ برای بیش از ۱۰ عدد؛ کالا (سالم) رسید؟ مبلغ ۱٬۲۵۰٬۰۰۰ تومان، تلفن 0912 123 4567",
)
"""What is written under the one line that the note has: five lines, the last of them wrapped."""
ALL_LANGUAGES: Final = ("fa", "en")


@record
class Scene:
    """One picture: ``keys`` from Today, one step after the other, and ``back`` to it.

    ``wide``: at 140x40 instead of 80x24.
    """

    name: str
    keys: tuple[str, ...]
    back: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("fa",)
    wide: bool = False


QUESTION: Final = Scene("question", ("<ctrl+p>", "راست", "<Return>"), ("<Escape>",))
"""Terminals of which nobody knows are asked at the first start, the others through the palette."""

SCENES: Final = (
    QUESTION,
    Scene("today", (), languages=ALL_LANGUAGES),
    Scene("contacts", ("2", "j"), ("1",)),
    Scene("card", ("<Return>",), ("<Escape>",)),
    Scene("bar", ("l", LINE), ("<Escape>",)),
    Scene("help", ("<question>",), ("<Escape>",)),
    Scene(
        "note",
        ("<Return>", "e", "<Tab>" * 6 + "".join(f"<Return>{line}" for line in NOTE)),
        ("<Escape>", "<Escape>"),
    ),
    Scene(
        "selected",
        ("<Return>", "e", "<Tab>" * 6, "<Up>" * 4 + "<Home>" + "<ctrl+Left>" * 2 + "<shift+Left>" * 17),
        ("<Escape>", "<Escape>"),
    ),
    Scene("wide", (), wide=True),
    Scene("advice", ()),
)
"""``advice`` is what follows when neither line reads right."""

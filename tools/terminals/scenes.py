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
    "۳) تخفیف ۵٪ برای بیش از ۱۰ عدد؛ مبلغ ۱٬۲۵۰٬۰۰۰ تومان",
    "کالا (سالم) رسید؟ سلام برسانید.",
)


@record
class Scene:
    """One picture: ``keys`` from Today, ``back`` to it. ``fresh``: a first start, nothing is set yet."""

    name: str
    keys: tuple[str, ...]
    back: str = ""
    fresh: bool = False
    languages: tuple[str, ...] = ("fa",)


SCENES: Final = (
    Scene("today", (), languages=("fa", "en")),
    Scene("contacts", ("2", "j"), "1"),
    Scene("card", ("2", "<Return>"), "<Escape>1"),
    Scene("bar", ("l", LINE), "<Escape>"),
    Scene("help", ("<question>",), "<Escape>"),
)

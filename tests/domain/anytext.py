"""Hypothesis strategies for text: anything at all, and what people type."""

from __future__ import annotations

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""Lone surrogates, controls and unassigned characters included."""

_ENGLISH = (
    "today tomorrow next this in at on the of from now later ago day days week month hour minutes half an friday "
    "sat sun dec may 1st 15th noon morning pm am 2d 3w 1mo 30m 4h 17 9:30 9.30 10 0 31 99 2026-12-01 1405/9/15 "
    "12-01 29 feb 1405 2027 01.12.2026 24:00 T14:00 , - . / : + ( ) ! 9999 0000-00-00"
)
_PERSIAN = (
    "فردا پس‌فردا شنبه سه دو بعد هفته ماه اول آخر ساعت ۱۰ ۹:۳۰ آذر اسفند ۳۰ ۱۴۰۵ دیگر و نیم عصر صبح شب روز کاری "
    "پانزدهم ۱۲-۱ ربع پیش سال بیست ی"
)
_PIECES = _ENGLISH.split() + _PERSIAN.split()

PHRASES = st.lists(st.sampled_from(_PIECES), max_size=7).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), "\u200c".join(words)])
)
"""Words of dates and times in any order, apart or run together."""

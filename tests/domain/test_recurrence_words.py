"""Rules that repeat as people type them, English and Persian, and the sentence that is said back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tuicrm import i18n, repeats
from tuicrm.domain.record import replace
from tuicrm.domain.recurrence import anchored, parse, text
from tuicrm.domain.recurrence_words import parse as read
from tuicrm.domain.when_base import WhenRefused, WhenSettings

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=TEHRAN)


@pytest.fixture
def persian() -> Iterator[None]:
    i18n.use("fa")
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("every 90 days", "FREQ=DAILY;INTERVAL=90"),
        ("every 90 days after", "FREQ=DAILY;INTERVAL=90;X-FROM=DONE"),
        ("every 90 days after done", "FREQ=DAILY;INTERVAL=90;X-FROM=DONE"),
        ("monthly on the 5th", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("every month", "FREQ=MONTHLY"),
        ("last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("yearly 1 farvardin", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"),
        ("every 2 weeks on mon,thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("every 2 weeks on mon, thu 10 times", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2"),
        ("2nd tuesday of every month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("1st and 3rd monday", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("every monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("end of month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("every 29 feb", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("every year on 30 esfand", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=29,30;BYSETPOS=-1"),
        ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every day", "FREQ=DAILY"),
        ("daily until 1 jan 2027", "FREQ=DAILY;UNTIL=20270101"),
        ("last friday of november", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR"),
        ("every 6 months until 1406/12/29", "FREQ=MONTHLY;INTERVAL=6;UNTIL=20280319"),
        ("monthly on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("on the 15th and the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("هر ۹۰ روز", "FREQ=DAILY;INTERVAL=90"),
        ("هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY"),
        ("آخرین جمعه\u200cی ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=-1FR"),
        ("هر سال ۱ فروردین", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"),
        ("هر ۲ هفته دوشنبه و پنجشنبه", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SA"),
        ("هر دو هفته دوشنبه و پنج\u200cشنبه", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SA"),
        ("پنجم هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"),
        ("هر ماه ۵ام", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"),
        ("آخر هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("آخر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("دومین سه\u200cشنبه هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=2TU"),
        ("دومین سه\u200cشنبه\u200cی ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=2TU"),
        ("هر ۶ ماه بعد از انجام", "RSCALE=PERSIAN;FREQ=MONTHLY;INTERVAL=6;X-FROM=DONE"),
        ("یک روز در میان", "FREQ=DAILY;INTERVAL=2"),
        ("یک هفته در میان", "FREQ=WEEKLY;INTERVAL=2;WKST=SA"),
        ("هر سه\u200cشنبه", "FREQ=WEEKLY;BYDAY=TU;WKST=SA"),
        ("هر ۳شنبه", "FREQ=WEEKLY;BYDAY=TU;WKST=SA"),
        ("هفته\u200cای یک بار", "FREQ=WEEKLY;WKST=SA"),
        ("ماهی یک\u200cبار", "RSCALE=PERSIAN;FREQ=MONTHLY"),
        ("هر سال ۳۰ اسفند", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=29,30;BYSETPOS=-1"),
        ("هر ۳ ماه تا ۱۴۰۶/۱۲/۲۹", "RSCALE=PERSIAN;FREQ=MONTHLY;INTERVAL=3;UNTIL=20280319"),
        ("هر هفته ۱۰ بار", "FREQ=WEEKLY;WKST=SA;COUNT=10"),
        ("هر روز کاری", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SA"),
        ("هر سال ۲۵ دسامبر", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("آخرین روز اسفند", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("هر دوشنبه\u200cها", "FREQ=WEEKLY;BYDAY=MO;WKST=SA"),
        ("پنجم ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"),
        ("every 3 months on the 10th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        ("every jalali month on the 1st", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1"),
        ("every year", "FREQ=YEARLY"),
        ("weekly on friday", "FREQ=WEEKLY;BYDAY=FR"),
        ("Every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("every 2 months", "FREQ=MONTHLY;INTERVAL=2"),
        ("every 1st of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("every first monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every 2nd month", "FREQ=MONTHLY;INTERVAL=2"),
        ("monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("every day 10 times", "FREQ=DAILY;COUNT=10"),
        ("every 12 days", "FREQ=DAILY;INTERVAL=12"),
        ("every 2 day", "FREQ=DAILY;INTERVAL=2"),
        ("mondays", "FREQ=WEEKLY;BYDAY=MO"),
        ("yearly on march 15", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
        ("هر ماه اول و پانزدهم", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("اولین شنبه ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=1SA"),
        ("every last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("سه ماه یک بار", "RSCALE=PERSIAN;FREQ=MONTHLY;INTERVAL=3"),
        ("روز ۵ هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"),
        ("هر ماه روز پنجم", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"),
        ("once a month", "FREQ=MONTHLY"),
        ("جمعهٔ آخر هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=-1FR"),
        ("هر ماه جمعهٔ آخر", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=-1FR"),
        ("سه\u200cشنبهٔ دوم هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=2TU"),
        ("جمعهٔ آخر اسفند", "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYDAY=-1FR"),
        ("روزهای زوج", "FREQ=WEEKLY;BYDAY=MO,WE,SA;WKST=SA"),
        ("هر هفته روزهای فرد", "FREQ=WEEKLY;BYDAY=TU,TH,SU;WKST=SA"),
        ("دوشنبه\u200cها، یک هفته در میان", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SA"),
        ("روز اول هر ماه", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1"),
    ],
)
def test_what_is_typed_is_this_rule(typed: str, rule: str) -> None:
    found = read(typed, NOW, WhenSettings(TEHRAN))
    assert found is not None
    assert text(found) == rule


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("every second tuesday", "recurrence_unclear"),
        ("every 31 esfand", "recurrence_no_day"),
        ("every 30 feb", "recurrence_no_day"),
        ("every 3 hours", "recurrence_often"),
        ("every 20 years", "recurrence_far"),
        ("every month on the 5th after done", "recurrence_after"),
        ("foo", "recurrence_unknown"),
        ("every", "recurrence_unknown"),
        ("every 5 minutes", "recurrence_often"),
        ("birthday", "recurrence_unknown"),
        ("every month on the 30th and 31st", "recurrence_unknown"),
        ("every monday on the 5th", "recurrence_unknown"),
        ("every day of 5 march weekly", "recurrence_unknown"),
        ("every month at 9:30", "recurrence_unknown"),
        ("FREQ=HOURLY", "recurrence_unknown"),
        ("daily until yesterday", "when_past"),
    ],
)
def test_what_is_not_understood_wholly_is_refused(typed: str, code: str) -> None:
    with pytest.raises(WhenRefused) as refused:
        read(typed, NOW, WhenSettings(TEHRAN))
    assert refused.value.code == code


@pytest.mark.parametrize("typed", ["", " - ", "never", "once", "هرگز", "یک بار"])
def test_once_is_no_rule(typed: str) -> None:
    assert read(typed, NOW, WhenSettings(TEHRAN)) is None


SAID = [
    ("FREQ=DAILY", "every day", "هر روز"),
    ("FREQ=DAILY;INTERVAL=90;X-FROM=DONE", "every 90 days after it is done", "هر ۹۰ روز پس از انجام"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday", "آخرین جمعهٔ هر ماه میلادی"),
    (
        "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
        "every year on 1 Farvardin",
        "۱ فروردین هر سال",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10",
        "every 2 weeks on Monday and Thursday, 10 times",
        "روزهای دوشنبه و پنجشنبه، یک هفته در میان، ۱۰ بار",
    ),
    (
        "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20280319",
        "every Jalali month on the last day, until 2028-03-19",
        "روز آخر هر ماه، تا ۱۴۰۶/۱۲/۲۹",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=5", "every month on the 5th", "روز ۵ هر ماه میلادی"),
    (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        "every year on 29 February, or the day before where a year has none",
        "۲۹ فوریه هر سال، یا روز پیش از آن در سالی که آن را ندارد",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,SA,SU",
        "every Monday, Tuesday, Wednesday, Saturday and Sunday",
        "هر روز از شنبه تا چهارشنبه",
    ),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every day from Monday to Friday", "هر روز از دوشنبه تا جمعه"),
    ("FREQ=WEEKLY;BYDAY=MO,SA", "every Monday and Saturday", "هر شنبه و دوشنبه"),
    ("RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1", "every Jalali month on the 1st", "روز اول هر ماه"),
    ("FREQ=DAILY;INTERVAL=2", "every 2 days", "یک روز در میان"),
    (
        "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYDAY=-1FR",
        "every year on the last Friday of Esfand",
        "آخرین جمعهٔ اسفند هر سال",
    ),
    ("FREQ=YEARLY;BYWEEKNO=20", "by the rule FREQ=YEARLY;BYWEEKNO=20", "با قاعدهٔ FREQ=YEARLY;BYWEEKNO=20"),
]


@pytest.mark.parametrize(("rule", "english", "_persian"), SAID)
def test_the_sentence_in_english(rule: str, english: str, _persian: str) -> None:
    assert repeats.said(rule) == english


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(("rule", "_english", "said"), SAID)
def test_the_sentence_in_persian(rule: str, _english: str, said: str) -> None:
    assert repeats.said(rule) == said


TYPED = [rule for rule, _, _ in SAID[:-1]] + [
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
    "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=29,30;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=1MO,3MO",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR",
    "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10;UNTIL=20271231",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE",
    "FREQ=DAILY;COUNT=1",
]


@pytest.mark.parametrize("rule", TYPED)
def test_a_rule_is_offered_for_editing_in_words_that_mean_the_same(rule: str) -> None:
    _read_again(rule)


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize("rule", TYPED)
def test_in_persian_too(rule: str) -> None:
    _read_again(rule)


def _read_again(rule: str) -> None:
    found = read(repeats.typed(rule), NOW, WhenSettings(TEHRAN))
    assert found is not None
    # the day that a week begins with is that of the language, and so is the order of its days
    assert text(replace(found, week_start=0, days=tuple(sorted(found.days)))) == rule


def test_what_was_not_said_is_taken_from_the_first_date() -> None:
    monthly = parse("FREQ=MONTHLY")
    assert monthly is not None
    assert text(anchored(monthly, date(2026, 11, 5))) == "FREQ=MONTHLY;BYMONTHDAY=5"
    weekly = parse("FREQ=WEEKLY;INTERVAL=2")
    assert weekly is not None
    assert text(anchored(weekly, date(2026, 11, 5))) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"

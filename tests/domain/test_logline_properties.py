"""What holds for any log line whatsoever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.anytext import ANY_TEXT
from tests.domain.lines import LEAK, OLD, PROCESS, context
from tuicrm.domain.logline import LineContext, parse_line, to_line
from tuicrm.domain.models import CallTicket
from tuicrm.domain.plan import CallFacts, plan_call

_TEXT = r"""
boiler dead wants 10 10:30 9 25 boxes quote پیش‌فاکتور n busy \n \\n sara 09121234567 - , . /n /zz //n \/n ///n
/th /tu /t /t12 /t99 /x /x12 /to /tp /tp12 /2d /0d /4h /sat /sat10 /sat25 /tom /eve /17 /9 /- /فردا /شن /۲ی /د
/in /out /sms /s5 /s11 .q .quo .zz ..q -9:05 -30m -1d9.40 --9:05 =4 =3:05 =200 #vip ٫مهم #12 @sara @bob ٬سشقش
.q/2d/th .f/th/sat /2026-12-01 /1405-09-12 /12-01 /31feb /n/-9:05 /no_answer / \ //sat //t \//sat ///th 2026
/no answer //no /تماس نگیرید مجدد .قرار ملاقات /آخر هفته ساعت at -1d -دیروز -2k --2k \-1d /next monday days /2
-2 ==4 \=4 \-2 //2 d m ago pm ی روز /۲
"""
_WORDS = _TEXT.split()
LINES = st.one_of(
    ANY_TEXT,
    st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join),
    st.lists(st.one_of(st.sampled_from(_WORDS), st.text("/.\\-=#@nq2dtx0 ", max_size=6)), max_size=5).map(
        " ".join
    ),
)
CONTEXTS = st.builds(
    lambda bar, layout, tickets: context(
        bar_open=bar, keyboard=layout, open_tickets=tickets, tickets={t.id: t for t in (*tickets, OLD)}
    ),
    st.booleans(),
    st.sampled_from(["fa", "ar"]),
    st.sampled_from([(LEAK,), (), (LEAK, CallTicket(14, "pump", "high", "open"))]),
)


@given(LINES, CONTEXTS)
def test_any_text_can_be_read_and_planned(line: str, ctx: LineContext) -> None:
    draft = parse_line(line, ctx)
    for token in draft.tokens:
        assert 0 <= token.start < token.end <= len(line)
    for problem in draft.problems:
        assert 0 <= problem.start <= problem.end <= len(line)
    plan_call(draft, CallFacts(ctx, "me"), PROCESS)


@given(st.text(st.characters(exclude_characters="/.-=#@٫٬\\", exclude_categories=()), max_size=80))
def test_a_line_without_signs_is_all_note(line: str) -> None:
    draft = parse_line(line, context())
    assert draft.note == line.strip()
    assert draft.tokens == ()
    assert draft.hard == ()


@given(LINES, CONTEXTS)
def test_a_draft_shown_back_as_a_line_says_the_same(line: str, ctx: LineContext) -> None:
    draft = parse_line(line, ctx)
    if not draft.hard:
        shown = to_line(draft, ctx)
        again = parse_line(shown, ctx)
        assert again == draft, shown
        assert to_line(again, ctx) == shown


@given(LINES, CONTEXTS)
def test_shown_back_it_has_no_stop_that_was_answered(line: str, ctx: LineContext) -> None:
    draft = parse_line(line, ctx)
    if not draft.hard:
        again = parse_line(to_line(draft, ctx), ctx)
        assert {problem.code for problem in again.problems} <= {"bare_outcome", "note_is_who"}


def test_long_and_odd_words_are_read_in_no_time() -> None:
    for word in (
        "/" * 5000,
        "." * 5000 + "q",
        "\\" * 5000 + "/n",
        "/n" * 2500,
        "#" + "a" * 5000,
        "/" + "1" * 5000,
    ):
        draft = parse_line(f"so {word}", context())
        assert draft.note.startswith("so")

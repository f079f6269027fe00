"""The process file: what it says, what is refused and on which line, and its compiled form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.anytext import ANY_TEXT
from tests.domain.lines import PROCESS, context
from tuicrm.domain import process
from tuicrm.domain.errors import Invalid
from tuicrm.domain.logline import parse_line
from tuicrm.domain.process import BARE_KEYS, Defaults, Process

TEXT = process.default_text()
SMALL = """\
[[channel]]
code = "call"

[[outcome]]
code = "connected"
key = "c"
flags = ["contact"]

[[outcome]]
code = "missed"

[[priority]]
code = "normal"
key = "n"

[[status]]
code = "open"
category = "open"

[[status]]
code = "resolved"
category = "resolved"
"""


# --- the shipped file ---------------------------------------------------------------------------------------


def test_the_shipped_file_is_without_problems_and_small_enough_to_read() -> None:
    assert process.check(TEXT) == []
    assert all(len(line) <= 120 for line in TEXT.splitlines())


def test_the_shipped_outcomes_have_the_promised_keys_and_effects() -> None:
    keys = {outcome.key: outcome.code for outcome in PROCESS.outcomes if outcome.bare}
    assert keys == {
        "c": "connected",
        "n": "no_answer",
        "b": "busy",
        "v": "voicemail",
        "w": "wrong_number",
    }
    rules = {
        code: PROCESS.outcome(code).follow_up for code in ("no_answer", "busy", "voicemail", "connected")
    }
    assert rules == {"no_answer": "1wd", "busy": "1h", "voicemail": "2d", "connected": None}
    assert set("bchnvwz") == BARE_KEYS


def test_everything_has_a_name_in_both_languages() -> None:
    for things in (PROCESS.outcomes, PROCESS.topics, PROCESS.channels, PROCESS.priorities, PROCESS.statuses):
        for thing in things:
            assert thing.label_en, thing.code
            assert thing.label_fa, thing.code
            assert thing.label("fa") != thing.label("en")


# --- looking up ---------------------------------------------------------------------------------------------


def test_codes_and_keys_find_their_things() -> None:
    assert PROCESS.default_outcome.code == "connected"
    assert PROCESS.default_outcome.contact
    assert PROCESS.missed.code == "missed"
    assert not PROCESS.missed.attempt
    busy = PROCESS.outcome_by_key("B")
    assert busy is not None
    assert busy.code == "busy"
    assert PROCESS.outcome_by_key("") is None
    for name in ("fault", "f"):
        topic = PROCESS.topic(name)
        assert topic is not None
        assert topic.code == "fault"
    assert PROCESS.topic("gone") is None
    assert PROCESS.first_status("resolved").code == "resolved"


def test_codes_of_older_versions_are_neutral() -> None:
    gone = PROCESS.outcome("old_code")
    assert (gone.known, gone.contact, gone.follow_up, gone.label()) == (False, False, None, "old code")
    assert PROCESS.status("old_code").category == "open"
    assert PROCESS.channel("fax").label() == "fax"
    assert PROCESS.priority("huge").label("fa") == "huge"


# --- what is read -------------------------------------------------------------------------------------------


def test_a_small_file_is_enough() -> None:
    found = process.load(SMALL, version=7)
    assert (found.version, found.outcomes[0].code, found.defaults) == (7, "connected", Defaults())


def test_all_defaults_can_be_set() -> None:
    head = (
        '[defaults]\ndirection = "in"\nregion = "DE"\nzone = "Europe/Berlin"\ndate_order = "ymd"\n'
        "attempts_max = 3\n"
    )
    found = process.load(head + SMALL).defaults
    assert (found.direction, found.region, found.zone, found.date_order) == (
        "in",
        "DE",
        "Europe/Berlin",
        "ymd",
    )
    assert found.attempts_max == 3


def test_sections_of_later_versions_are_kept() -> None:
    later = '[sla]\nfirst = 2026-01-01\n[[field]]\nname = "size"\n[[rule]]\n[surveys]\n'
    found = process.load(SMALL + later)
    assert found.later["sla"] == {"first": "2026-01-01"}
    assert found.later["field"] == [{"name": "size"}]
    assert process.from_json(process.to_json(found)) == found


def test_a_company_can_add_an_outcome_and_use_it() -> None:
    own = process.load(TEXT + '\n[[outcome]]\ncode = "hung_up"\nkey = "h"\nlabel = "hung up"\n')
    assert parse_line("so /h", context(process=own)).outcome == "hung_up"
    assert parse_line("so /hung", context(process=own)).outcome == "hung_up"


# --- what is refused ----------------------------------------------------------------------------------------


REFUSED = [
    # what is added to the small file, on which of its lines the problem is, its code
    ("[[outcome]\n", 1, "process_syntax"),
    ("[colours]\n", 1, "process_section_unknown"),
    ('[[outcome]]\ncode = "later_on"\ncolour = "red"\n', 3, "process_key_unknown"),
    ('[[outcome]]\nlabel = "x y"\n', 1, "process_code_missing"),
    ('[[outcome]]\ncode = "Later"\n', 2, "process_code_form"),
    ('[[outcome]]\ncode = "q"\n', 2, "process_code_form"),
    ('[[outcome]]\ncode = "missed"\n', 2, "process_code_twice"),
    ('[[channel]]\ncode = "missed"\n', 2, "process_word_twice"),
    ('[[status]]\ncode = "parts"\nkey = "n"\n', 3, "process_letter_twice"),
    ('[[status]]\ncode = "parts"\nkey = "o"\n', 3, "process_letter_twice"),
    ('[[status]]\ncode = "parts"\ncategory = "gone"\n', 3, "process_want_one_of"),
    ('[[priority]]\ncode = "high"\n', 1, "process_letter_needed"),
    ('[[topic]]\ncode = "one"\nkey = "o"\n[[topic]]\ncode = "two"\nkey = "o"\n', 6, "process_word_twice"),
    ('[defaults]\ndirection = "up"\n', 2, "process_want_one_of"),
    ('[defaults]\nworking_days = ["mon"]\n', 2, "process_key_moved"),
    ('[defaults]\nday_start = "09:00"\n', 2, "process_key_moved"),
    ('[defaults]\nregion = "Iran"\n', 2, "process_want_region"),
    ('[defaults]\nzone = "Mars/Base"\n', 2, "process_want_zone"),
    ('[defaults]\nzone = "../etc/passwd"\n', 2, "process_want_zone"),
    ('[defaults]\nchannel = "fax"\n', 2, "process_default_unknown"),
    ('[defaults]\npriority = "huge"\n', 2, "process_default_unknown"),
    ('[abbreviations]\n"two words" = "x"\n', 2, "process_abbreviation_word"),
    ("[abbreviations]\ntm = 3\n", 2, "process_want_text"),
    ('[snippets]\ntexts = [""]\n', 2, "process_want_texts"),
]
REFUSED_IN_AN_OUTCOME = [
    ('key = "no"', "process_key_form"),
    ('key = "t"', "process_key_reserved"),
    ('key = "x"', "process_key_reserved"),
    ('key = "s"', "process_key_reserved"),
    ('key = "c"', "process_word_twice"),
    ('aliases = ["fri"]', "process_word_taken"),
    ('aliases = ["tn"]', "process_word_taken"),
    ('aliases = ["in"]', "process_word_taken"),
    ('aliases = ["s5"]', "process_word_taken"),
    ('aliases = ["t12"]', "process_word_taken"),
    ('aliases = ["فردا"]', "process_word_taken"),
    ('label = "2d"', "process_word_taken"),
    ('label = "no/yes"', "process_word_signs"),
    ('flags = ["rich"]', "process_want_one_of"),
    ('follow_up = "soon"', "process_want_follow_up"),
    ('follow_up = "5m"', "process_want_follow_up"),
    ('follow_up = "9999d"', "process_want_follow_up"),
    ("attempts_max = 0", "process_want_number"),
    ("attempts_max = true", "process_want_number"),
    ('closes = "yes"', "process_want_flag"),
    ('aliases = "no"', "process_want_texts"),
    ('label = ""', "process_want_text"),
    ('topic = "none"', "process_topic_unknown"),
]


@pytest.mark.parametrize(
    ("added", "line", "code"),
    [*REFUSED, *((f'[[outcome]]\ncode = "own"\n{key}\n', 3, code) for key, code in REFUSED_IN_AN_OUTCOME)],
)
def test_a_problem_is_named_with_its_line(added: str, line: int, code: str) -> None:
    found = [(problem.line, problem.code) for problem in process.check(SMALL + added)]
    assert found == [(len(SMALL.splitlines()) + line, code)]


@pytest.mark.parametrize(
    ("text", "code"), [("defaults = 3\n", "process_want_table"), ("outcome = 3\n", "process_want_tables")]
)
def test_a_section_must_be_a_section(text: str, code: str) -> None:
    assert (process.check(text)[0].line, process.check(text)[0].code) == (1, code)


def test_what_must_be_there_is_missed() -> None:
    found = {
        (problem.code, problem.params["value"]) for problem in process.check("") if "value" in problem.params
    }
    assert found >= {
        ("process_outcome_needed", "connected"),
        ("process_outcome_needed", "missed"),
        ("process_status_needed", "open"),
        ("process_status_needed", "resolved"),
    }


def test_all_problems_are_told_at_once_in_order() -> None:
    found = process.check(SMALL + '[[outcome]]\ncode = "A"\n[[outcome]]\ncode = "B"\n')
    assert [problem.params["value"] for problem in found] == ["A", "B"]


def test_a_file_with_problems_is_no_process() -> None:
    with pytest.raises(Invalid) as refused:
        process.load(SMALL + "[colours]\n")
    assert refused.value.code == "process_bad"
    (problem,) = refused.value.fields
    assert (problem.code, problem.field) == ("process_section_unknown", str(len(SMALL.splitlines()) + 1))


@given(ANY_TEXT)
def test_any_text_can_be_checked(text: str) -> None:
    assert process.check(text)


@given(st.lists(st.sampled_from(TEXT.splitlines()), max_size=30).map("\n".join))
def test_any_piece_of_a_file_can_be_checked(text: str) -> None:
    assert all(problem.line >= 0 for problem in process.check(text))


# --- the compiled form --------------------------------------------------------------------------------------


def test_the_compiled_form_gives_an_equal_process() -> None:
    assert process.from_json(process.to_json(PROCESS)) == PROCESS
    assert process.from_json("{}") == Process()


def test_the_compiled_form_of_another_version_can_be_read() -> None:
    odd = process.from_json('{"outcomes": [{"code": "connected", "sparkle": 1}], "future": []}')
    assert odd.default_outcome.known


def test_the_shipped_process_speaks_both_languages() -> None:
    shipped = process.load(TEXT)
    named = (*shipped.channels, *shipped.outcomes, *shipped.topics, *shipped.priorities, *shipped.statuses)
    for one in named:
        assert one.label_en.isascii()
        assert one.label_fa, one.code
        assert not set(one.label_fa) & set("يكة"), one.label_fa
    assert sum(not text.isascii() for text in shipped.snippets) * 2 >= len(shipped.snippets)


def test_no_shipped_abbreviation_is_a_word_by_itself() -> None:
    words = {word for text in process.load(TEXT).snippets for word in text.split()}
    assert not words & process.load(TEXT).abbreviations.keys()

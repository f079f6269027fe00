"""What the bar's lines say: its title, prompt, chips and notes. Pure functions from the state to content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from tuicrm import i18n
from tuicrm.domain.complete import Suggestion
from tuicrm.domain.models import CallTicket, FollowUp
from tuicrm.domain.process import CONNECTED, MISSED
from tuicrm.domain.tokens import Problem
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bar import panel
from tuicrm.tui.bar.chips import Chip, Setting, chips
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.session import Reading, Session, Verdict
from tuicrm.tui.text import Role
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import main_number, phone_words

NAME_WIDTH = 26
"""Cells a name may take before the line; the line itself needs the room."""
DOT = " · "
GAP = "  "


def person(session: Session) -> str:
    """Whom the call is with, as data: a name, else the number, else ``""``."""
    if session.name:
        return session.name
    if session.who is not None and session.who.new is not None and session.who.new.phones:
        return phone_words(_raw(session), session.finder.region)
    if session.contact is not None and (number := main_number(session.contact)):
        return phone_words(number, session.finder.region)
    caller = session.finder.caller
    if caller is not None:
        return phone_words(caller.e164 or caller.raw, session.finder.region)
    return phone_words(session.live.number, session.finder.region) if session.live is not None else ""


def _raw(session: Session) -> str:
    assert session.who is not None
    assert session.who.new is not None, "asked only for a new contact"
    phone = session.who.new.phones[0]
    return phone.e164 or phone.raw


def title(session: Session) -> Content:
    """``Log a call``, ``Call with Leila Karimi · 0912 345 6789 · running``."""
    live = session.live
    if live is None:
        return text.phrase(t("Dial") if session.dial else t("Log a call"), style="here")
    whom = person(session) or t("somebody")
    said = t("Call with {name}", name=whom) if session.phase == "line" else t("Call from {name}", name=whom)
    number = phone_words(live.number, session.finder.region)
    parts = [text.phrase(said, style="here"), running(live)]
    if number and number != whom:
        parts.insert(1, text.number(number))
    return text.join(parts, DOT)


def running(live: Live) -> Content:
    """The state of a call, in words and colour."""
    if live.running:
        return text.phrase(t("● running"), style="good")
    return text.phrase(t("○ wrap-up"), style="warn")


def prompt(session: Session) -> Content:
    """What stands before the line: whom it is about, or the question who."""
    if session.phase == "who":
        asked = t("Name for {number}", number=person(session)) if session.finder.caller else t("Who")
        return _prompt(text.phrase(asked, style="dim"))
    named = person(session)
    if not named:
        return _prompt(text.phrase(t("nobody"), style="warn"))
    return _prompt(text.show(named, width=NAME_WIDTH, style="strong"))


def _prompt(words: Content) -> Content:
    return text.join((text.blank(1), words, text.phrase(t(" › "), style="dim")))


def who_line(session: Session, now: float) -> Content:
    """The third line while Who is asked: what is known of the call, else what may be typed."""
    if session.live is None:
        return text.blank(0) if session.finder.text else who_help()
    talked = session.live.talk_s(now)
    if talked is None:
        return text.blank(0)
    return text.join((text.blank(1), text.number(moments.duration(talked))))


def who_help() -> Content:
    """What Who takes, for the empty line."""
    said = t("name, last digits of a number, or a new name 0912…, company")
    return text.join((text.blank(1), text.phrase(said, style="dim")))


def line_help(width: int) -> Content:
    """At the right, under a line that nobody has typed in: the key that lists what can be typed."""
    said = text.join((text.number("/", style="key"), text.phrase(t("what can I type?"), style="dim")), " ")
    return text.beside(text.blank(0), text.join((said, text.blank(1))), width)


def chip_line(session: Session, reading: Reading, setting: Setting, width: int) -> tuple[Content, Content]:
    """The chips on one line, and what did not fit for a second one."""
    if reading.draft.empty and not (session.live is not None and session.live.answered):
        return _empty_line(session, reading, setting, width), text.blank(0)
    pieces = [_chip(chip) for chip in chips(session, reading, setting)]
    first, rest = _fill(pieces, width - 2)
    second, _ = _fill(rest, width - 2) if rest else ([], [])
    return _chips(first), _chips(second)


def _empty_line(session: Session, reading: Reading, setting: Setting, width: int) -> Content:
    """Nothing was typed: how a call may have ended, each by its key, for nobody learns them elsewhere."""
    pieces = []
    if session.live is not None and reading.plan.duration_s is not None:
        pieces.append(text.number(moments.duration(reading.plan.duration_s)))
    pieces.append(text.phrase(t("what was said, or"), style="dim"))
    for outcome in setting.scene.process.outcomes:
        if outcome.key and outcome.code not in (CONNECTED, MISSED):
            name = text.phrase(t("{outcome}", outcome=outcome.label(i18n.language())), style="dim")
            pieces.append(text.join((text.number(outcome.key, style="key"), name), " "))
    taken, _ = _fill(pieces, width - 2, len(GAP))
    return text.join((text.blank(1), text.join(taken, GAP)))


def _chip(chip: Chip) -> Content:
    return text.phrase(chip.text, style=chip.role)


def _chips(pieces: Sequence[Content]) -> Content:
    return text.join((text.blank(1), text.join(pieces, DOT))) if pieces else text.blank(0)


def _fill(pieces: Sequence[Content], room: int, gap: int = len(DOT)) -> tuple[list[Content], list[Content]]:
    """As many pieces as fit, ``gap`` cells between them; at least one, cut if it must be."""
    taken: list[Content] = []
    for piece in pieces:
        used = sum(one.cell_length + gap for one in taken)
        if taken and used + piece.cell_length > room:
            break
        taken.append(piece if taken else text.cut(piece, room))
    return taken, list(pieces[len(taken) :])


# --- sentences ----------------------------------------------------------------------------------------------


def problem_words(problems: Sequence[Problem], *, keep: bool) -> Phrase:
    """Why the line is not saved as it stands. ``keep``: the next Enter saves it all the same."""
    said = [i18n.sentence(problem) for problem in problems]
    if any(problem.code == "note_is_who" for problem in problems):
        said.append(t("{key} makes it the contact.", key=keymap.named("barline.to_contact")))
    if keep:
        said.append(t("{key} saves it as it is.", key=keymap.named("barline.save")))
    return Phrase(" ".join(said))


def settled_problems(reading: Reading, cursor: int) -> tuple[Problem, ...]:
    """What is wrong with words that are finished; the one being typed may yet become right."""
    if reading.draft.empty:
        return ()
    return tuple(problem for problem in reading.plan.problems if not problem.start < cursor == problem.end)


def typed_problem(reading: Reading, cursor: int) -> Problem | None:
    """What is wrong with the token being typed, if anything is."""
    ends = (one for one in reading.plan.problems if one.start < cursor == one.end and "token" in one.params)
    return None if reading.draft.empty else next(ends, None)


def chip_row(found: Sequence[Chip], width: int) -> Content:
    """As many chips as fit on one line."""
    return _chips(_fill([_chip(chip) for chip in found], width - 2)[0])


def may_be_line(found: Sequence[Suggestion], today: date, width: int, *, cap: str) -> Content:
    """What the token being typed can become; the first is what the key (``cap``) takes."""
    pieces = [_may_be(one, today) for one in found]
    taken, _ = _fill([text.number(cap, style="dim"), *pieces], width - 2, len(GAP))
    return text.join((text.blank(1), text.join(taken, GAP)))


def _may_be(one: Suggestion, today: date) -> Content:
    token, said = text.show(one.text, style="key"), panel.meaning(one, today)
    return text.join((token, said), " ") if said.plain else token


def typed_line(problem: Problem, width: int) -> Content:
    """What is wrong with the token being typed, on one line and quietly: it may yet become right."""
    said = text.phrase(i18n.sentence(problem), width=max(8, width - 2), style="dim")
    return text.join((text.blank(1), said))


def problem_line(problems: Sequence[Problem], width: int) -> Content:
    """What is wrong with the line, while it is typed: a hard problem as an error, a soft one as a warning."""
    role: Role = "bad" if any(problem.hard for problem in problems) else "warn"
    return note_line(problem_words(problems, keep=False), width, role)


def under(chips: Content, sentence: Content) -> Content:
    """A sentence beneath the chips that did not fit on their first line."""
    return text.join((chips, sentence), "\n") if chips.plain else sentence


NOTE_LINES = 2


def note_line(sentence: Phrase, width: int, role: Role) -> Content:
    """A sentence under the chips, on two lines at most; nothing when there is nothing to say."""
    lines = wrapped(sentence, max(8, width - 2), NOTE_LINES)
    pieces = [text.join((text.blank(1), text.phrase(line, style=role))) for line in lines]
    return text.join(pieces, "\n") if pieces else text.blank(0)


_OPEN, _CLOSE = ("\u2066", "\u2067"), "\u2069"


def wrapped(sentence: Phrase, width: int, most: int) -> list[Phrase]:
    """A finished sentence on lines of ``width`` cells. Isolates that a break cuts are closed and opened again."""
    lines: list[str] = []
    for word in sentence.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text.cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    opened: list[str] = []
    done: list[Phrase] = []
    for line in lines:
        whole = "".join(opened) + line
        opened = []
        for char in whole:
            if char in _OPEN:
                opened.append(char)
            elif char == _CLOSE and opened:
                opened.pop()
        done.append(Phrase(text.sentence(Phrase(whole + _CLOSE * len(opened)), width=width)))
    return done


def verdict_words(verdict: Verdict, session: Session) -> Phrase:
    """What the person is told when Enter does not save."""
    if verdict.problems:
        return problem_words(verdict.problems, keep=verdict.kind == "tell")
    return question(verdict.code, session)


def question(code: str, session: Session) -> Phrase:
    """The sentence of one of the bar's own questions and refusals."""
    sentences = {
        "bar_nothing": t("Type what was said, or an outcome's key: Enter alone would say that you spoke."),
        "bar_which_due": t("Which promise does this call answer? Its number; 0 none of them; Esc back."),
        "bar_later_today": t(
            "Promised for later today: did this call answer it? Its number; {key} leaves it open; Esc back.",
            key=keymap.named("barline.save"),
        ),
        "bar_is_contact": t(
            "That is a number and a name. Ctrl+N makes it the contact, Enter keeps the note."
        ),
        "bar_drop": t("Leave this call unlogged? y throws it away, n or Esc keeps it."),
        "bar_name": t("Is “{text}” a name? y yes, n no: it is the note.", text=session.finder.text),
    }
    return sentences[code]


def choice_rows(problems: Sequence[Problem], tickets: Mapping[int, CallTicket]) -> list[tuple[str, str, str]]:
    """What may have been meant, as rows of (as it is typed, what it is, "")."""
    choices = [choice for problem in problems for choice in problem.choices]
    return [(choice, _ticket_of(choice, tickets), "") for choice in dict.fromkeys(choices)]


def _ticket_of(choice: str, tickets: Mapping[int, CallTicket]) -> str:
    number = "".join(char for char in choice if char.isdecimal())
    ticket = tickets.get(int(number)) if number and choice[:2] in ("/t", "/x") else None
    return ticket.subject if ticket is not None else ""


def due_rows(due: Sequence[FollowUp], setting: Setting) -> list[tuple[str, str, str]]:
    """The due follow-ups to choose from, as rows of (key, reason, when), ending with "none"."""
    scene = setting.scene
    found = [
        (str(n), one.reason or t("follow-up"), moments.due_words(scene.due(one), scene.today))
        for n, one in enumerate(due[:7], 1)
    ]
    return [*found, ("0", t("none of them"), "")]

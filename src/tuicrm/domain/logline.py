"""Reads a log line: one pure function from text and what is current to a frozen draft. It never raises."""

from __future__ import annotations

from tuicrm.domain.tokens import LineContext, LineDraft, Problem, TicketWish, Token

__all__ = ["LineContext", "LineDraft", "Problem", "TicketWish", "Token", "parse_line", "to_line"]


def parse_line(text: str, ctx: LineContext) -> LineDraft:
    """What ``text`` says in ``ctx``."""
    raise NotImplementedError


def to_line(draft: LineDraft, ctx: LineContext) -> str:
    """A line that parses to the same draft."""
    raise NotImplementedError

"""The plan of a line, and its parts."""

from __future__ import annotations

from typing import Any

from tests.domain.lines import PROCESS, context, promise
from tuicrm.domain.logline import parse_line
from tuicrm.domain.models import FollowUp
from tuicrm.domain.plan import CallFacts, CallPlan, FollowUpPlan, plan_call
from tuicrm.domain.process import Process


def plan(
    line: str, process: Process = PROCESS, *, ctx: dict[str, Any] | None = None, **facts: Any
) -> CallPlan:
    """The plan of a line; ``facts`` are those of the call, ``ctx`` those of the line."""
    where = context(process=process, **(ctx or {}))
    return plan_call(parse_line(line, where), CallFacts(where, "me", **facts), process)


def with_due(line: str, *follow_ups: FollowUp, **facts: Any) -> CallPlan:
    return plan(line, due_follow_ups=follow_ups or (promise(),), **facts)


def made(found: CallPlan) -> FollowUpPlan:
    assert found.made is not None
    return found.made


def answered(found: CallPlan) -> FollowUpPlan:
    assert found.answered is not None
    return found.answered


def codes(found: CallPlan) -> list[str]:
    return [problem.code + ("!" if problem.hard else "") for problem in found.problems]

"""Problems of a line as one refusal, the same for the bar and the shell."""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.domain.errors import FieldProblem, Invalid, NotAllowed
from tuicrm.domain.tokens import Problem


def refuse(problems: Sequence[Problem]) -> None:
    """Raises ``Invalid`` with the first problem's sentence and all problems as fields; nothing when there is none.

    A call that is not wanted is ``NotAllowed``.
    """
    if not problems:
        return
    first = problems[0]
    fields = [
        FieldProblem("line", str(p.params.get("token", "")), p.code, {**p.params, "choices": p.choices})
        for p in problems
    ]
    refusal = NotAllowed if first.code == "do_not_call" else Invalid
    raise refusal(first.code, fields=fields, **{**first.params, "choices": first.choices})

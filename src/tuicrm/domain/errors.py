"""Every refusal tuicrm can give, as codes and parameters.

No prose is built here: the faces turn a ``code`` into a sentence in the user's language
(``i18n.sentence``), so that the same refusal reads the same in the bar and in the shell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from tuicrm.domain.record import made, record


@record
class FieldProblem:
    """One refused field or token: which one, the text that was refused, and why (a code with parameters)."""

    field: str
    token: str
    code: str
    params: Mapping[str, Any] = made(default_factory=dict)


@record
class Candidate:
    """A contact somebody may have meant: what tells namesakes apart."""

    id: int
    name: str
    company: str
    phone: str


class CrmError(Exception):
    """Base of all expected refusals.

    ``kind`` is the stable JSON code of CLI.md, ``exit_code`` its exit code, ``code`` names the sentence,
    ``params`` fills its placeholders.
    """

    kind: ClassVar[str] = "bug"
    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        code: str,
        /,
        *,
        fields: Sequence[FieldProblem] = (),
        candidates: Sequence[Candidate] = (),
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params
        self.fields = tuple(fields)
        self.candidates = tuple(candidates)

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class Usage(CrmError):
    """Unknown verb or option, missing argument, no terminal."""

    kind, exit_code = "usage", 2


class Ambiguous(CrmError):
    """Several contacts fit; ``candidates`` lists them."""

    kind, exit_code = "ambiguous", 3


class NotFound(CrmError):
    """No such contact, record, agent or file; nothing to undo."""

    kind, exit_code = "not_found", 4


class Invalid(CrmError):
    """A token, field, file or process text is refused."""

    kind, exit_code = "invalid", 5


class Conflict(CrmError):
    """Changed by someone since; undo not possible; process version not the last."""

    kind, exit_code = "conflict", 6


class NotAllowed(CrmError):
    """Role, or do-not-call without ``--really``."""

    kind, exit_code = "not_allowed", 7


class Unavailable(CrmError):
    """Database locked, newer, damaged, full, or read-only."""

    kind, exit_code = "unavailable", 8

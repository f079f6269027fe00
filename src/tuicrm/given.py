"""What is said after a call was given to another contact: what went along, and what stays where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from tuicrm.i18n import Phrase, nt, t


class _Ref(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


class _Call(Protocol):
    @property
    def contact(self) -> _Ref | None: ...

    @property
    def number(self) -> str | None: ...


class _Given(Protocol):
    """As ``services.call_contacts.Given``."""

    @property
    def call(self) -> _Call: ...

    @property
    def before(self) -> _Ref | None: ...

    @property
    def others(self) -> Sequence[int]: ...

    @property
    def went(self) -> Sequence[int]: ...

    @property
    def stays(self) -> int | None: ...


def given(it: _Given) -> Iterator[Phrase]:
    """A sentence for whom it is with now, one for each thing that went along or stays."""
    if it.call.contact is None:
        yield t("The call is with nobody now.")
    else:
        yield t("The call is with {name} now.", name=_called(it.call.contact))
    if it.others:
        yield nt(
            "So is {n} more call of this number.", "So are {n} more calls of this number.", len(it.others)
        )
    if it.went:
        yield nt("{n} follow-up went with it.", "{n} follow-ups went with it.", len(it.went))
    if it.stays is not None and it.before is not None:
        yield t("Follow-up {id} stays as it is, with {name}.", id=it.stays, name=_called(it.before))


def _called(contact: _Ref) -> str:
    return contact.name or f"contact:{contact.id}"

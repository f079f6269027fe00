"""What the command line prints as JSON: the records of ``domain.shapes``, and what only the shell tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from tuicrm.domain.errors import Candidate, CrmError, FieldProblem
from tuicrm.domain.models import Agent, Change, PhoneCall, RecordRef, Undone
from tuicrm.domain.shapes import Shape as Shape
from tuicrm.domain.shapes import call as call
from tuicrm.domain.shapes import contact as contact
from tuicrm.domain.shapes import due_at as due_at
from tuicrm.domain.shapes import followup as followup
from tuicrm.domain.shapes import instant as instant
from tuicrm.domain.shapes import ref as ref
from tuicrm.domain.shapes import ticket as ticket
from tuicrm.i18n import sentence


def agent(it: Agent, _zone: tzinfo | None = None) -> Shape:
    return {"handle": it.handle, "name": it.name, "zone": it.zone, "role": it.role, "active": it.active}


def change(it: Change, zone: tzinfo) -> Shape:
    return {
        "seq": it.seq,
        "action_id": it.action_id,
        "at": instant(it.at, zone),
        "agent": it.agent,
        "via": it.via,
        "verb": it.verb,
        "entity": it.entity,
        "id": it.id,
        "before": _plain(it.before),
        "after": _plain(it.after),
    }


def _plain(values: Mapping[str, Any] | None) -> Shape | None:
    return None if values is None else dict(values)


def undone(it: Undone, zone: tzinfo) -> Shape:
    return {
        "action_id": it.action_id,
        "verb": it.verb,
        "at": instant(it.at, zone),
        "records": [{"entity": each.entity, "id": each.id} for each in it.records],
        "left": [_left(each) for each in it.left],
    }


def _left(it: RecordRef) -> Shape:
    return {"entity": it.entity, "id": it.id, "why": it.why}


def phone_call(it: PhoneCall) -> Shape:
    """What a telephone's hook gets back: the state it led to and who has that number."""
    known = it.contact
    return {
        "id": it.call_id,
        "state": it.state,
        "contact": known and {"id": known.id, "name": known.name},
        "matches": [{"id": row.id, "name": row.name, "company": row.company} for row in it.matches],
    }


def candidate(it: Candidate) -> Shape:
    return {"id": it.id, "name": it.name, "company": it.company, "phone": it.phone}


def error(it: CrmError, refused: Sequence[FieldProblem]) -> Shape:
    """A refusal: its stable code, the sentence in the user's language, and what exactly was refused."""
    fields = [{"field": f.field, "token": f.token, "message": sentence(f)} for f in refused]
    candidates = [candidate(each) for each in it.candidates]
    return {"error": {"code": it.kind, "message": sentence(it), "fields": fields, "candidates": candidates}}

"""What is typed and not yet saved. A draft opens again for its own contact or call, and nowhere else."""

from __future__ import annotations

from tuicrm.domain.models import BarDraft
from tuicrm.services.context import Crm
from tuicrm.storage.queries import calls


def put(crm: Crm, draft: BarDraft) -> None:
    """Keeps what is typed now. Another text of the same agent under the same key stays a draft."""
    crm.live.put_draft(draft)


def take(crm: Crm, key: str) -> BarDraft | None:
    """The agent's draft for ``contact:12`` or ``phone:SOURCE/ID``; it stays stored until saved or dropped."""
    draft = crm.live.draft(crm.me, key)
    return draft if draft is None or _open(crm, draft) else take(crm, key)


def everything(crm: Crm) -> list[BarDraft]:
    """All drafts of the agent, newest first."""
    return [draft for draft in crm.live.drafts(crm.me) if _open(crm, draft)]


def drop(crm: Crm, uid: str) -> None:
    """Forgets a draft: it was saved, or thrown away."""
    crm.live.drop_draft(uid)


def _open(crm: Crm, draft: BarDraft) -> bool:
    """False, and forgotten, when the call was saved before a kill could drop its draft."""
    with crm.database.reader() as conn:
        saved = calls.by_uid(conn, draft.uid)
    if saved is not None:
        crm.live.drop_draft(draft.uid)
    return saved is None

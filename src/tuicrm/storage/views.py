"""The views that other programs read: stable names and columns, over tables that may change.

Part of the schema: a new file gets them from ``schema_sql``, a migrated one from ``migrations.upgrade``, which makes
all of them anew. Records that are deleted or merged are out; instants are UTC text; codes stand for labels.
``docs/data.md`` explains each column, and a test holds it to this module.
"""

from __future__ import annotations

from typing import Final

from tuicrm.storage.living import LIVING, LIVING_FOLLOW_UP, LIVING_TICKET
from tuicrm.storage.touch_triggers import days_of

_NAMED: Final = f"LEFT JOIN contact c ON c.id = {{}}.contact_id AND {LIVING}"

_SELECTS: Final = {
    "v_contacts": f"""
        SELECT c.id AS contact_id, c.name, c.company, c.note, c.owner, c.do_not_call, c.cadence_days,
          nullif(c.spoke_key, '') AS last_spoke_at, c.created_at, c.updated_at
        FROM contact c WHERE {LIVING}""",
    "v_phones": f"""
        SELECT p.contact_id, p.position + 1 AS place, coalesce(p.e164, p.raw) AS number, p.raw AS typed, p.e164,
          p.ext AS extension, p.label, p.e164 IS NOT NULL AS valid
        FROM phone p JOIN contact c ON c.id = p.contact_id WHERE {LIVING}""",
    "v_emails": f"""
        SELECT e.contact_id, e.position + 1 AS place, e.address, e.label
        FROM email e JOIN contact c ON c.id = e.contact_id WHERE {LIVING}""",
    "v_contact_tags": f"""
        SELECT g.contact_id, g.tag FROM contact_tag g JOIN contact c ON c.id = g.contact_id WHERE {LIVING}""",
    "v_contact_fields": f"""
        SELECT c.id AS contact_id, j.key AS field, j.value FROM contact c, json_each(c.fields) j WHERE {LIVING}""",
    "v_calls": f"""
        SELECT i.id AS call_id, i.contact_id, c.name AS contact_name, i.agent, i.channel, i.direction, i.outcome,
          i.topic, i.topic_guessed, i.note, i.started_at, i.duration_s, i.talk_s, i.wrap_s, i.ring_s, i.score,
          i.number, i.source, i.source_call_id, i.follow_up_id AS followup_id, i.ticket_id, i.process_version,
          i.entered_via, i.keys AS key_presses, i.entry_s, i.saved_at
        FROM interaction i {_NAMED.format("i")} WHERE i.deleted_at IS NULL""",
    "v_call_tags": """
        SELECT i.id AS call_id, j.value AS tag FROM interaction i, json_each(i.tags) j
        WHERE i.deleted_at IS NULL""",
    "v_followups": f"""
        SELECT f.id AS followup_id, f.contact_id, c.name AS contact_name, f.reason, f.due_on, f.due_time, f.zone,
          f.due_key AS due_at, f.first_due_on, f.first_due_time, f.assignee AS agent, f.state, f.attempt,
          f.attempts_max, f.topic, f.recurrence, f.series_id, f.series_on, f.series_time, f.note, f.alarm_minutes,
          f.call_id, f.ticket_id, f.created_at, f.closed_at, f.remind_at, f.closed_reason
        FROM follow_up f JOIN contact c ON c.id = f.contact_id WHERE {LIVING_FOLLOW_UP}""",
    "v_tickets": f"""
        SELECT t.id AS ticket_id, t.subject, t.contact_id, c.name AS contact_name, t.kind, t.priority, t.status,
          t.category, t.assignee AS agent, t.created_at, t.resolved_at, t.response_due_at, t.resolution_due_at,
          t.reopened
        FROM ticket t {_NAMED.format("t")} WHERE {LIVING_TICKET}""",
    "v_ticket_tags": f"""
        SELECT t.id AS ticket_id, j.value AS tag FROM ticket t, json_each(t.tags) j
        WHERE {LIVING_TICKET}""",
    "v_ticket_events": f"""
        SELECT e.id AS event_id, e.ticket_id, e.at, e.agent, e.kind, e.text, e.call_id
        FROM ticket_event e JOIN ticket t ON t.id = e.ticket_id
        WHERE e.deleted_at IS NULL AND {LIVING_TICKET}""",
    "v_agents": "SELECT a.handle AS agent, a.name, a.zone, a.role, a.active, a.created_at FROM agent a",
    "v_sessions": "SELECT s.id AS session_id, s.agent, s.started_at, s.ended_at, s.state FROM session s",
    "v_actions": """
        SELECT a.id AS action_id, a.at, a.agent, a.via, a.verb, a.undoes, a.undone_by, a.redone_by FROM action a""",
    "v_changes": """
        SELECT h.seq AS change_id, h.action_id, h.at, h.agent, h.via, h.verb, h.entity, h.entity_id,
          json_extract(p.payload, '$.before') AS before, json_extract(p.payload, '$.after') AS after
        FROM "change" h LEFT JOIN change_payload p ON p.seq = h.seq WHERE h.entity <> 'private_note'""",
    "v_imports": """
        SELECT b.id AS import_id, b.action_id, b.agent, b.file, b.format, b.encoding, b.state, b.rows_done, b.added,
          b.updated, b.unchanged, b.skipped, b.refused, b.started_at, b.ended_at FROM import_batch b""",
    "v_owed": f"""
        SELECT c.id AS contact_id, c.name, c.company, c.owner, c.do_not_call, c.cadence_days,
          {days_of("c")} AS every_days, c.touch_key AS owed_since
        FROM contact c WHERE c.touch_key < '~' AND c.touch_key <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
          AND {LIVING}""",
    "v_worklists": """
        SELECT w.id AS worklist_id, w.name, w.text AS filter, w.agent, w.members AS by_names, w.round_at, w.created_at
        FROM saved_filter w WHERE w.what = 'contacts' AND w.deleted_at IS NULL""",
    "v_worklist_members": f"""
        SELECT m.saved_filter_id AS worklist_id, m.contact_id, c.name AS contact_name, m.import_id, m.agent, m.at
        FROM worklist_member m JOIN contact c ON c.id = m.contact_id
          JOIN saved_filter w ON w.id = m.saved_filter_id
        WHERE m.deleted_at IS NULL AND w.deleted_at IS NULL AND {LIVING}""",
    "v_process_versions": """
        SELECT v.version, v.at, v.agent, v.text, v.based_on FROM process_version v""",
}


def _view(name: str, select: str) -> str:
    return f"CREATE VIEW {name} AS {' '.join(select.split())}"


VIEWS: Final = {name: _view(name, select) for name, select in _SELECTS.items()}
"""The statement that makes each view, in one line."""

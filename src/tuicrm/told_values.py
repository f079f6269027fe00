"""What one change did to one record, in words: ``number 0912 123 4567 added``, ``owner sara → reza``. Pure.

For both faces. Every value is told by its label in the person's language, calendar and digits; nothing is ever shown
as it lies in the database. ``i18n.t`` cleans what people typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any, Final

from tuicrm import i18n, shown
from tuicrm.domain.deeds import Named
from tuicrm.domain.models import SKIPPED, Change, PhoneNumber
from tuicrm.domain.process import Process
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.labels import field_words, label_words


@record
class Seen:
    """What the words need beside the change: labels, the zone and moment, the country of numbers, names of records."""

    process: Process
    zone: tzinfo
    now: datetime
    region: str
    names: Named

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()

    def name(self, entity: str, record_id: int) -> Phrase:
        """What to call a record; one without a name by its reference."""
        called = self.names.get((entity, record_id), "")
        return t("{name}", name=called) if called else t("{kind} {id}", kind=word(entity), id=record_id)


# fmt: off
UNTOLD: Final = frozenset((
    "action_id", "agent", "at", "based_on", "call_id", "category", "closed_at", "compiled", "contact_id",
    "created_at", "due_key", "entered_via", "entry_s", "first_due_on", "first_due_time", "follow_up_id",
    "handle", "keys", "process_version", "reopened", "resolved_at", "ring_s", "saved_at",
    "score", "series_id", "series_on", "series_time", "source", "source_call_id", "talk_s", "topic_guessed",
    "uid", "updated_at", "wrap_s", "zone", "zone_data",
))
# fmt: on
"""Columns that say nothing to people, or what the line says already."""


def parts(change: Change, seen: Seen, *, brief: bool = False) -> list[Phrase]:
    """What a change did, one phrase for each thing; empty when it says nothing to people.

    ``brief``: a promise without its reason, which is the note of the call beside it.
    """
    before, after = change.before, change.after or {}
    if brief and change.entity == "followup":
        after = {column: value for column, value in after.items() if column != "reason"}
    if before is None:
        return [_made(change, after, seen)]
    gone = _gone(change, before, after, seen)
    if gone is not None:
        return [gone]
    found: list[Phrase] = []
    if "due_on" in after or "due_time" in after:
        found.append(_moved(before, after, seen))
    if change.verb == "call.give" and "contact_id" in after:
        # who else moves a record to another contact says so of the contact
        found.append(
            _turned(t("with"), *(_whose(values.get("contact_id"), seen) for values in (before, after)))
        )
    for column, new in after.items():
        if column in UNTOLD or column in ("due_on", "due_time", "deleted_at"):
            continue
        if column == "remind_at" and not new and ("state" in after or "due_on" in after):
            # closed or moved: that says it
            continue
        found += _column(change.entity, column, before.get(column), new, seen)
    return found


# --- a record that came, went, or came back ---------------------------------------------------------------


def _made(change: Change, after: Mapping[str, Any], seen: Seen) -> Phrase:
    """What a new record is."""
    telling = _MADE.get(change.entity)
    if telling is None:
        return t("made")
    return telling(change.id, after, seen)


def _whose(contact_id: int | None, seen: Seen) -> Phrase:
    return t("nobody") if contact_id is None else seen.name("contact", contact_id)


def _listed(found: Iterable[Phrase | str | None]) -> Phrase:
    """Those that say something, with commas."""
    return Phrase(t(", ").join(t("{text}", text=one) for one in found if one))


def _person(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    numbers = [number(one, seen) for one in after.get("phones", ())]
    what = _listed([after.get("name"), after.get("company"), *numbers])
    return t("contact made: {what}", what=what) if what else t("contact made")


def _call(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    how = [_label("outcome", after.get("outcome"), seen), _direction(after.get("direction"))]
    if after.get("duration_s"):
        how.append(shown.duration(after["duration_s"]))
    said = t("call: {how}", how=_listed(how))
    return t("{what}; {note}", what=said, note=after["note"]) if after.get("note") else said


def _promise(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    said = t("follow-up for {due}", due=_due(after, seen))
    if after.get("recurrence"):
        said = t("{what}, {rule}", what=said, rule=_rule(after["recurrence"], seen))
    reason = after.get("reason")
    return t("{what}; {note}", what=said, note=reason) if reason else said


def _rule(recurrence: str, seen: Seen) -> Phrase:
    # imported here: most of what is told repeats nothing
    from tuicrm.repeats import said, week_of

    return said(recurrence, week_of(seen.process, seen.region))


def _series(column: str, new: str | None, seen: Seen) -> Phrase:
    """What became of the series of a follow-up, or that this one of it was left out."""
    if column == "closed_reason":
        return word(SKIPPED)
    return t("repeats {rule}", rule=_rule(new, seen)) if new else t("repeats no more")


def _ticket(id: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    priority = _label("priority", after.get("priority"), seen)
    return t(
        "ticket #{id}, {priority}: {subject}", id=id, priority=priority, subject=after.get("subject", "")
    )


def _event(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    del seen
    return t("on the ticket: {text}", text=after["text"]) if after.get("text") else t("noted on the ticket")


def _agent(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    del seen
    return t("agent {name}", name=after.get("handle", ""))


def _private(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    del seen
    return t("private note: {text}", text=after["text"]) if after.get("text") else t("private note")


def _filter(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    del seen
    if after.get("members"):
        return t("worklist {name}", name=after.get("name", ""))
    return t("search {name}: {text}", name=after.get("name", ""), text=after.get("text", ""))


def _apart(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    pair = [seen.name("contact", after[side]) for side in ("a", "b") if after.get(side) is not None]
    return t("kept apart: {names}", names=_listed(pair))


def _member(_: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    return t("{name}: put on a worklist", name=seen.name("contact", after.get("contact_id", 0)))


def _version(id: int, after: Mapping[str, Any], seen: Seen) -> Phrase:
    del after, seen
    return t("version {n} of the process file", n=id)


_MADE: Final[Mapping[str, Callable[[int, Mapping[str, Any], Seen], Phrase]]] = {
    "agent": _agent,
    "apart": _apart,
    "call": _call,
    "contact": _person,
    "followup": _promise,
    "member": _member,
    "private_note": _private,
    "process": _version,
    "saved_filter": _filter,
    "ticket": _ticket,
    "ticket_event": _event,
}


def _gone(change: Change, before: Mapping[str, Any], after: Mapping[str, Any], seen: Seen) -> Phrase | None:
    """A record that was merged, deleted, or brought back; None for any other change."""
    into = after.get("merged_into")
    if into is not None:
        return t("merged into {name}", name=seen.name(change.entity, into))
    if before.get("merged_into") is not None:
        return t("no longer merged into {name}", name=seen.name(change.entity, before["merged_into"]))
    if "deleted_at" not in after:
        return None
    if change.entity == "member":
        return t("taken off a worklist") if after["deleted_at"] else t("put on a worklist")
    return t("deleted") if after["deleted_at"] else t("brought back")


# --- columns ------------------------------------------------------------------------------------------------


def _column(entity: str, column: str, old: Any, new: Any, seen: Seen) -> list[Phrase]:
    """What became of one column."""
    if column == "recurrence" or (column == "closed_reason" and new == SKIPPED):
        return [_series(column, new, seen)]
    if column == "phones":
        return _list(
            column, [number(one, seen) for one in old or ()], [number(one, seen) for one in new or ()]
        )
    if column == "emails":
        return _list(column, [_email(one) for one in old or ()], [_email(one) for one in new or ()])
    if column == "tags":
        return _list(column, old or (), new or ())
    if column == "fields":
        return _fields(old or {}, new or {})
    if column == "do_not_call":
        return [t("not to be called any more") if new else t("may be called again")]
    if column == "active":
        return [t("at work again") if new else t("switched off")]
    if column == "state":
        return [_state(new)]
    if column == "remind_at":
        return [t("reminded again {when}", when=_moment(new, seen)) if new else t("back in the queue")]
    called = _called(entity, column)
    return [_turned(called, _value(column, old, seen), _value(column, new, seen))]


def _called(entity: str, column: str) -> Phrase:
    return t("private note") if (entity, column) == ("private_note", "text") else word(column)


def _turned(called: Phrase, old: Phrase | str, new: Phrase | str) -> Phrase:
    """``owner sara → reza``, ``owner reza``, ``owner taken off: sara``."""
    if not new:
        return t("{what} taken off: {old}", what=called, old=old)
    if not old:
        return t("{what}: {new}", what=called, new=new)
    return t("{what}: {old} → {new}", what=called, old=old, new=new)


def _list(column: str, old: Sequence[str], new: Sequence[str]) -> list[Phrase]:
    """What came into a list and what left it."""
    one = {"phones": t("number"), "emails": t("e-mail"), "tags": t("tag")}[column]
    told = [t("{what} {value} added", what=one, value=value) for value in new if value not in old]
    told += [t("{what} {value} taken off", what=one, value=value) for value in old if value not in new]
    if told or list(old) == list(new):
        return told
    return [t("{what}: another order", what=word(column))]


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Phrase]:
    names = [*old, *(name for name in new if name not in old)]
    return [
        _turned(field_words(name), str(old.get(name) or ""), str(new.get(name) or ""))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _state(new: Any) -> Phrase:
    """A follow-up's."""
    if new == "open":
        return t("open again")
    return t("follow-up {state}", state=word(str(new)))


def _moved(before: Mapping[str, Any], after: Mapping[str, Any], seen: Seen) -> Phrase:
    """A promise that has another moment."""
    old = {"due_on": before.get("due_on", after.get("due_on")), "due_time": before.get("due_time")}
    new = {"due_on": after.get("due_on", before.get("due_on")), "due_time": after.get("due_time")}
    if "due_time" not in after:
        old["due_time"] = new["due_time"] = None
    return _turned(t("due"), _due(old, seen), _due(new, seen))


def _due(values: Mapping[str, Any], seen: Seen) -> Phrase:
    """``Thu 26 Nov 10:00``."""
    if not values.get("due_on"):
        return shown.clock(time.fromisoformat(values["due_time"])) if values.get("due_time") else Phrase()
    on = shown.full_day(date.fromisoformat(values["due_on"]), seen.today)
    if not values.get("due_time"):
        return on
    return t("{day} {time}", day=on, time=shown.clock(time.fromisoformat(values["due_time"])))


def _moment(stored: str, seen: Seen) -> Phrase:
    """``Thu 26 Nov 10:00``: an instant on the reader's clock."""
    at = datetime.fromisoformat(stored).astimezone(seen.zone)
    return t("{day} {time}", day=shown.full_day(at.date(), seen.today), time=shown.clock(at))


def number(one: Mapping[str, Any], seen: Seen) -> str:
    """A stored number as people here write it, with its label."""
    from tuicrm.domain.phone import display

    phone = PhoneNumber(one.get("raw") or "", one.get("e164"), one.get("ext") or "", one.get("label") or "")
    said = i18n.figures(display(phone, seen.region))
    return (
        t("{number} ({label})", number=said, label=label_words(phone.label))
        if phone.label
        else t("{n}", n=said)
    )


def _email(one: Mapping[str, Any]) -> str:
    label = one.get("label") or ""
    said = t("{address}", address=one.get("address") or "")
    return t("{number} ({label})", number=said, label=label_words(label)) if label else said


def _direction(code: Any) -> Phrase:
    return t("in") if code == "in" else t("out") if code == "out" else Phrase()


def _label(column: str, code: Any, seen: Seen) -> Phrase:
    """The company's own word for a code."""
    if not code:
        return Phrase()
    process, lang = seen.process, i18n.language()
    found: Any = {
        "outcome": process.outcome,
        "topic": process.topic,
        "channel": process.channel,
        "priority": process.priority,
        "status": process.status,
    }[column](str(code))
    return t("{text}", text=found.label(lang) if found is not None else str(code))


LABELLED: Final = frozenset(("outcome", "topic", "channel", "priority", "status"))
SECONDS: Final = frozenset(("duration_s",))
MOMENTS: Final = frozenset(("started_at", "response_due_at", "resolution_due_at"))


def _value(column: str, value: Any, seen: Seen) -> Phrase | str:
    """A stored value as people read it; ``""`` for none."""
    if value is None or value in ("", [], {}):
        return ""
    if column in LABELLED:
        return _label(column, value, seen)
    if column in SECONDS:
        return shown.duration(int(value))
    if column in MOMENTS:
        return shown.moment(datetime.fromisoformat(value), seen.zone)
    if column == "cadence_days":
        return nt("every {n} day", "every {n} days", int(value))
    if column == "direction":
        return _direction(value)
    if column == "number":
        return i18n.figures(str(value))
    if column == "ticket_id":
        return t("#{id}", id=int(value))
    return _plain(value)


def _plain(value: Any) -> Phrase | str:
    """What has no label of its own."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, Mapping):
        return _listed(t("{name}: {value}", name=name, value=str(one)) for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return _listed(t("{text}", text=str(one)) for one in value)
    return t("{text}", text=value if isinstance(value, int) else str(value))

"""Calendars (iCalendar, RFC 5545): tasks and events as follow-ups to be, alarms and repetitions with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import replace
from tuicrm.domain.recurrence import LONGEST, Rule, left_out, without
from tuicrm.domain.recurrence import parse as parse_rule
from tuicrm.domain.recurrence import text as rule_text
from tuicrm.domain.recurrence_dates import occurrences
from tuicrm.domain.safe import tidy
from tuicrm.exchange.ics_lines import Component, Property, components
from tuicrm.exchange.ics_out import OWN_ALARM, OWN_RULE, UID_END, is_date
from tuicrm.exchange.ics_times import When, Zones, duration, moved
from tuicrm.exchange.ics_who import left_out as no_place
from tuicrm.exchange.ics_who import note, who
from tuicrm.exchange.incoming import IncomingFollowUp
from tuicrm.exchange.refused import Refused

CANCELLED: Final = "ics_cancelled"
"""The code of what was called off: nothing to be made, but what was made of it earlier has ended."""
_UID: Final = 255
_DATES: Final = 2_000
"""Exceptions and additional dates of one series."""


def read(text: str, name: str, zone: ZoneInfo, *, now: datetime | None = None) -> Iterator[IncomingFollowUp]:
    """The tasks and events. ``zone``: of moments that name none. ``now``: what repeats is given by its next time
    from then on, and an event that is over is done; None: all as it is written.

    A record that cannot be used comes with its ``code``. Raises ``Invalid("ics_none")`` for a text without any.
    """
    found = _Calendar(text, zone, now).follow_ups()
    first = next(found, None)
    if first is None:
        raise Invalid("ics_none", file=name)
    return _from(first, found)


def _from(first: IncomingFollowUp, rest: Iterator[IncomingFollowUp]) -> Iterator[IncomingFollowUp]:
    yield first
    yield from rest


class _Calendar:
    """One file that is being read."""

    def __init__(self, text: str, zone: ZoneInfo, now: datetime | None) -> None:
        self._text = text
        self._now = now
        self._zones = Zones(zone)
        # single times of a series that stand for themselves, by the series
        self._single: dict[str, set[datetime]] = {}
        if re.search(r"VTIMEZONE|RECURRENCE-ID", text, re.IGNORECASE):
            self._look_ahead()

    def _look_ahead(self) -> None:
        """Zones may be described behind what uses them, and single times stand behind their series."""
        singles = []
        for it in components(self._text):
            if it.kind == "VTIMEZONE":
                self._zones.add(it)
            elif single := it.first("RECURRENCE-ID"):
                singles.append((it.text("UID"), single))
        for uid, single in singles:
            try:
                self._single.setdefault(uid, set()).add(self._zones.when(single).instant)
            except Refused:
                continue

    def follow_ups(self) -> Iterator[IncomingFollowUp]:
        for it in components(self._text):
            if it.kind == "VTIMEZONE" or is_date(it.text("UID")):
                continue
            try:
                yield self._follow_up(it)
            except Refused as why:
                yield self._left_out(it, why)

    def _left_out(self, it: Component, why: Refused) -> IncomingFollowUp:
        return IncomingFollowUp(
            line=it.line,
            uid=_uid(it),
            reason=tidy(it.text("SUMMARY"))[:500],
            due_on=date(1970, 1, 1),
            due_time=None,
            zone=self._zones.own.key,
            who_name="",
            who_phone="",
            who_email="",
            alarm_minutes=None,
            recurrence="",
            done=False,
            code=why.code,
            params=why.params,
            refused=not why.skipped,
        )

    def _follow_up(self, it: Component) -> IncomingFollowUp:
        if it.problem:
            raise Refused(it.problem)
        if it.kind not in ("VEVENT", "VTODO"):
            raise Refused("ics_component", skipped=True, kind=it.kind)
        status = it.text("STATUS").upper()
        if status == "CANCELLED":
            raise Refused(CANCELLED, skipped=True)
        begins, due = self._times(it)
        person, reason = who(it)
        done = status == "COMPLETED" or it.first("COMPLETED") is not None
        done = done or it.text("PERCENT-COMPLETE") == "100"
        made = IncomingFollowUp(
            line=it.line,
            uid=_uid(it),
            reason=reason,
            due_on=due.on,
            due_time=due.at,
            zone=due.zone.key,
            who_name=person.name,
            who_phone=person.phones,
            who_email=person.emails,
            alarm_minutes=self._alarm(it, begins, due),
            recurrence="",
            done=done,
            note=note(it, reason),
            closed_at=_closed(it, self._zones) if done else None,
            dropped=no_place(it),
        )
        return self._in_time(it, made, begins, due)

    def _times(self, it: Component) -> tuple[When, When]:
        """When it begins, and when it is due: an event when it begins, a task by its due time."""
        start, end = it.first("DTSTART"), it.first("DUE") if it.kind == "VTODO" else None
        begins = self._zones.when(start) if start else None
        if begins is None and end is None:
            begins = self._by_alarm(it)
        if end is not None:
            due = self._zones.when(end)
        else:
            assert begins is not None, "one of the three is there"
            length = duration(it.text("DURATION")) if it.kind == "VTODO" else None
            due = _later(begins, length or timedelta())
        return begins or due, due

    def _by_alarm(self, it: Component) -> When:
        """A task without a time is due when its alarm rings; without one it never is."""
        for alarm in it.parts:
            trigger = alarm.first("TRIGGER") if alarm.kind == "VALARM" else None
            if trigger is not None and duration(trigger.value) is None:
                return self._zones.when(trigger)
        if it.kind == "VEVENT":
            raise Refused("ics_no_start")
        raise Refused("ics_no_date", skipped=True)

    # --- what repeats, and what is over ---------------------------------------------------------------------

    def _in_time(self, it: Component, made: IncomingFollowUp, begins: When, due: When) -> IncomingFollowUp:
        rule, dates = it.first("RRULE"), it.all("RDATE")
        repeats = (rule is not None or bool(dates)) and it.first("RECURRENCE-ID") is None
        if repeats:
            made = replace(made, recurrence=self._series(it, rule, begins))
        own = it.text(OWN_RULE)
        if own and (_same(own, made.recurrence, begins.zone) if repeats else parse_rule(own) is not None):
            made = replace(made, recurrence=own)
        if self._now is None or _is_own(it):
            # a promise of our own is not kept because its time has passed, nor is it about the next one
            self._rule(rule, begins)
            return made
        if not repeats:
            over = it.kind == "VEVENT" and self._ends(it, begins) <= self._now
            return replace(made, done=made.done or over)
        coming = self._next(it, begins, self._now)
        if coming is None:
            return replace(made, done=True)
        due = _later(due, coming - begins.naive)
        made = replace(made, due_on=due.on, due_time=due.at)
        left = self._left(made.recurrence, begins, coming)
        return made if left is None else replace(made, recurrence=left)

    def _series(self, it: Component, rule: Property | None, begins: When) -> str:
        """The rule as the file has it, with the dates on which it is not: left out, or moved to another time."""
        said = tidy(rule.value.strip() if rule else "")[:LONGEST]
        known = parse_rule(said, begins.zone)
        days = {
            each.date()
            for each in (self._local(one, begins) for one in self._left_out_of(it, begins))
            if each.time() == begins.naive.time()
        }
        if known is None or not days:
            return said
        return f"{said};{left_out(without(known, days))}"

    def _left_out_of(self, it: Component, begins: When) -> set[datetime]:
        return self._dates(it.all("EXDATE"), begins) | self._single.get(it.text("UID"), set())

    def _left(self, series: str, begins: When, coming: datetime) -> str | None:
        """What is left of a series that is counted, from its next time on; None: all of it, or it has no number."""
        rule = parse_rule(series, begins.zone)
        if rule is None or rule.count is None or coming <= begins.naive:
            return None
        over = sum(1 for _ in takewhile(coming.__gt__, occurrences(rule, begins.naive)))
        return rule_text(replace(rule, count=max(1, rule.count - over)))

    def _ends(self, it: Component, begins: When) -> datetime:
        """When an event is over: a day at its end."""
        end = it.first("DTEND")
        length = duration(it.text("DURATION"))
        if end is not None:
            return max(self._zones.when(end).instant, begins.instant)
        least = timedelta(days=1) if begins.at is None else timedelta()
        return begins.instant + max(length or timedelta(), least)

    def _next(self, it: Component, begins: When, now: datetime) -> datetime | None:
        """The next time of a series on its own clock; None: it is over."""
        since = now.astimezone(begins.zone).replace(tzinfo=None)
        if begins.at is None:
            since = datetime.combine(since.date(), time())
        rule = self._rule(it.first("RRULE"), begins)
        left_out = self._left_out_of(it, begins)
        more = {self._local(each, begins) for each in self._dates(it.all("RDATE"), begins)}
        if rule is None and begins.naive >= since:
            more.add(begins.naive)
        coming = [each for each in more if each >= since and self._instant(each, begins) not in left_out]
        if rule is not None:
            found = occurrences(rule, begins.naive, since)
            by_rule = next((each for each in found if self._instant(each, begins) not in left_out), None)
            coming += [] if by_rule is None else [by_rule]
        return min(coming, default=None)

    def _rule(self, it: Property | None, begins: When) -> Rule | None:
        if it is None:
            return None
        rule = parse_rule(it.value, begins.zone)
        if rule is None:
            raise Refused("ics_rule", text=it.value[:100])
        return rule

    def _dates(self, found: list[Property], begins: When) -> set[datetime]:
        """The moments in properties with several, as instants; a day stands for the time of the series on it."""
        dates: set[datetime] = set()
        for each in found:
            for value in each.value.split(",")[:_DATES]:
                when = self._zones.of(value.split("/")[0], each.params)
                if when.at is None:
                    when = When(when.on, begins.at, begins.zone)
                dates.add(when.instant)
        return dates

    @staticmethod
    def _local(instant: datetime, begins: When) -> datetime:
        return instant.astimezone(begins.zone).replace(tzinfo=None)

    @staticmethod
    def _instant(local: datetime, begins: When) -> datetime:
        return local.replace(tzinfo=begins.zone).astimezone(UTC)

    # --- alarms ---------------------------------------------------------------------------------------------

    def _alarm(self, it: Component, begins: When, due: When) -> int | None:
        """Minutes before it is due that the first alarm rings; one that was put off rings when that is over."""
        snoozed = it.first("X-MOZ-SNOOZE-TIME")
        try:
            if snoozed is not None:
                return _minutes(due, self._zones.when(snoozed).instant)
            if _is_own(it) and (said := duration(it.text(OWN_ALARM))) is not None:
                return _minutes(due, due.instant + said)
            rings = [self._rings(alarm, it, begins, due) for alarm in it.parts if alarm.kind == "VALARM"]
        except Refused:
            return None
        return max((_minutes(due, each) for each in rings if each is not None), default=None)

    def _rings(self, alarm: Component, it: Component, begins: When, due: When) -> datetime | None:
        trigger = alarm.first("TRIGGER")
        if trigger is None:
            return None
        before = duration(trigger.value)
        if before is None:
            # of our own that is when one wants to be reminded again, which is known here
            return None if _is_own(it) else self._zones.when(trigger).instant
        if trigger.params.get("RELATED", "").upper() != "END":
            return begins.instant + before
        return (due.instant if it.kind == "VTODO" else self._ends(it, begins)) + before


def _minutes(due: When, rings: datetime) -> int:
    """Before a day without a time it may be less than none: it rings on the day."""
    minutes = int((due.instant - rings).total_seconds() // 60)
    return minutes if due.at is None else max(0, minutes)


def _is_own(it: Component) -> bool:
    """Whether it was written by ourselves: the same follow-up, or one to be."""
    return it.text("UID").endswith(UID_END)


def _same(own: str, standard: str, zone: ZoneInfo) -> bool:
    """Whether a rule of our own is the one that was written for others; of the day on which it ends they know more."""
    rules = parse_rule(own, zone), parse_rule(standard, zone)
    if rules[0] is None or rules[1] is None:
        return False
    first, second = (replace(each, until=None) for each in rules if each is not None)
    ends = [each.until and each.until.date() for each in rules if each is not None]
    return first == second and ends[0] == ends[1]


def _closed(it: Component, zones: Zones) -> datetime | None:
    """When a task was done."""
    told = it.first("COMPLETED")
    try:
        return zones.when(told).instant if told else None
    except Refused:
        return None


def _later(when: When, by: timedelta) -> When:
    try:
        return moved(when, by)
    except OverflowError:
        raise Refused("ics_time", text=str(by)) from None


def _uid(it: Component) -> str:
    """What the other program knows it by; one time of a series has its own. Without any: by what it says."""
    uid, single = tidy(it.text("UID"))[:_UID], it.first("RECURRENCE-ID")
    if not uid:
        said = "|".join(it.text(name) for name in ("SUMMARY", "DTSTART", "DUE", "DESCRIPTION"))
        return "digest:" + sha256(said.encode("utf-8", "replace")).hexdigest()[:32]
    return f"{uid}/{single.value.strip()[:40]}" if single else uid

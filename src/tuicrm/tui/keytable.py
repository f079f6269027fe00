"""The table itself: what every key does, where. Read it as one reads a manual; change keys here only.

Letters are written as they are (``U`` is Shift+U); other names are Textual's. ``rank`` orders the footer,
0 first; 90 and above never stand there. Labels are English and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tuicrm.domain.record import record


@record
class Key:
    """One thing a key does.

    ``id``: ``area.verb``, stable. ``keys``: one or more Textual keys, comma between; ``""``: none unless a keymap
    gives it one. ``action``: the action of the widget class that owns the area. ``cap``: what to show instead of the
    first key's own name, until it is moved. ``priority``: acts even while a text field has the focus.
    """

    id: str
    keys: str
    action: str
    label: str
    rank: int = 50
    cap: str = ""
    priority: bool = False

    @property
    def area(self) -> str:
        return self.id.partition(".")[0]


OUTCOME_LETTERS: Final = "bcnvwhz"
"""The letters that may log an outcome with one key; nothing else uses them outside dialogs."""

PLACES: Final = ("today", "contacts", "calls", "followups", "tickets", "kpis")

KEYS: Final[tuple[Key, ...]] = (
    # everywhere
    Key("app.today", "alt+1", "go('today')", "Today", 95, priority=True),
    Key("app.contacts", "alt+2", "go('contacts')", "Contacts", 95, priority=True),
    Key("app.calls", "alt+3", "go('calls')", "Calls", 95, priority=True),
    Key("app.followups", "alt+4", "go('followups')", "Follow-ups", 95, priority=True),
    Key("app.tickets", "alt+5", "go('tickets')", "Tickets", 95, priority=True),
    Key("app.kpis", "alt+6", "go('kpis')", "KPIs", 95, priority=True),
    Key("app.palette", "ctrl+p", "palette", "all commands", 95, priority=True),
    Key("app.quit", "ctrl+q", "quit", "quit", 95, priority=True),
    Key("app.reminder", "alt+0", "reminder", "go to what is due", 95, priority=True),
    Key("app.lesson", "ctrl+g", "lesson", "lesson", 95, priority=True),
    Key("app.suspend", "ctrl+z", "suspend_process", "to the shell; fg comes back", 95),
    # the six places, no text field focused
    Key("place.today", "1", "app.go('today')", "Today", 96),
    Key("place.contacts", "2", "app.go('contacts')", "Contacts", 96),
    Key("place.calls", "3", "app.go('calls')", "Calls", 96),
    Key("place.followups", "4", "app.go('followups')", "Follow-ups", 96),
    Key("place.tickets", "5", "app.go('tickets')", "Tickets", 96),
    Key("place.kpis", "6", "app.go('kpis')", "KPIs", 96),
    Key("place.reminder", "0", "app.reminder", "go to what is due", 96),
    Key("place.next_pane", "tab", "next_pane", "next pane", 92),
    Key("place.last_pane", "shift+tab", "last_pane", "last pane", 92),
    Key("place.undo", "u", "undo", "undo", 60),
    Key("place.redo", "U", "redo", "redo", 91),
    Key("place.menu", "full_stop", "menu", "more", 59),
    Key("place.back", "q,escape", "app.back", "back", 92),
    Key("place.help", "question_mark", "app.help", "help", 94),
    Key("place.commands", "", "app.palette", "all commands", 95),
    # any list
    Key("list.down", "j,down", "down", "down", 92),
    Key("list.up", "k,up", "up", "up", 92),
    Key("list.page_down", "pagedown", "page_down", "a page down", 92),
    Key("list.page_up", "pageup", "page_up", "a page up", 92),
    Key("list.first", "g,home", "first", "to the top", 92),
    Key("list.last", "G,end", "last", "to the end", 92),
    Key("list.open", "enter", "open", "open", 30),
    # the selected person, in every place that has one
    Key("record.log", "l", "log", "log a call", 10),
    Key("record.dial", "d", "dial", "dial", 12),
    Key("record.copy", "y", "copy", "copy number", 66),
    Key("record.add", "a", "add", "add", 40),
    Key("record.edit", "e", "edit", "edit", 42),
    Key("record.delete", "delete", "delete", "delete", 72),
    Key("record.search", "slash", "search", "search", 35),
    Key("record.merge", "m", "merge", "merge", 68),
    Key("work.follow_up", "f", "follow_up", "follow-up", 61),
    Key("work.ticket", "t", "ticket", "ticket", 64),
    Key("record.tags", "number_sign", "tags", "tags", 69),
    Key("record.cadence", "", "cadence", "keep in touch every…", 95),
    Key("record.do_not_call", "", "do_not_call", "may be called, or not", 95),
    Key("record.worklist", "", "worklist", "put on a worklist…", 95),
    Key("record.export", "", "export", "export", 95),
    # one place's own
    Key("person.owner", "o", "owner", "owner", 67),
    Key("promise.snooze", "s", "snooze", "remind later", 44),
    Key("promise.done", "x", "done", "done", 38),
    Key("promise.hand", "o", "hand", "hand on", 62),
    Key("promise.skip", "", "skip", "not this time", 95),
    Key("marks.mark", "space", "mark", "mark, go down", 63),
    Key("marks.down", "shift+down", "mark_on(1)", "mark, and down", 92),
    Key("marks.up", "shift+up", "mark_on(-1)", "mark, and up", 92),
    Key("marks.to", "minus", "mark_to", "mark from the last mark to here", 92),
    Key("marks.all", "asterisk", "mark_all", "mark all, or none", 92),
    Key("today.list", "p", "pick_list", "worklist", 62),
    Key("today.restart", "", "restart_list", "begin the worklist again", 95),
    Key("today.cancel", "", "delete", "cancel the follow-up…", 95),
    Key("contacts.sort", "S", "sort", "sort", 66),
    Key("contacts.owed", "", "owed", "people owed a call", 95),
    Key("contacts.last_page", "left_square_bracket", "last_page", "last page", 92),
    Key("contacts.next_page", "right_square_bracket", "next_page", "next page", 92),
    Key("followups.period", "p", "period", "which ones", 37),
    Key("followups.back", "left_square_bracket", "day(-1)", "the day before", 92),
    Key("followups.on", "right_square_bracket", "day(1)", "the day after", 92),
    Key("calls.period", "p", "period", "days", 37),
    Key("calls.back", "left_square_bracket", "day(-1)", "the day before", 92),
    Key("calls.on", "right_square_bracket", "day(1)", "the day after", 92),
    Key("filter.pick", "", "pick_filter", "saved filters", 95),
    Key("filter.save", "", "save_filter", "save this filter", 95),
    Key("firstrun.import", "i", "import_file", "import a file", 20),
    Key("firstrun.learn", "g", "learn", "learn it in five minutes", 21),
    Key("firstrun.demo", "o", "demo", "open the demo", 22),
    # the settings
    Key("settings.unset", "delete", "unset", "take it out of the file", 40),
    # a line for the name of a file
    Key("path.take", "enter", "take", "look at it", 10),
    Key("path.complete", "tab", "complete", "complete", 15),
    Key("path.leave", "escape", "leave", "leave", 20),
    # a file that is about to be imported, and what came of it
    Key("importing.start", "ctrl+s", "start", "import", 5),
    Key("importing.region", "r", "region", "country of the numbers", 40),
    Key("importing.encoding", "e", "encoding", "encoding", 70),
    Key("importing.worklist", "p", "worklist", "worklist", 42),
    Key("importing.report", "w", "report", "write the report to a file", 45),
    # while it is imported
    Key("importrun.stop", "escape", "stop", "stop", 10),
    Key("importrun.leave", "q", "leave", "leave; it goes on", 20),
    # an import that was interrupted
    Key("leftover.on", "g", "answer('on')", "go on", 10),
    Key("leftover.back", "t", "answer('back')", "take it back", 20),
    Key("leftover.keep", "k", "answer('keep')", "keep it as it is", 30),
    Key("leftover.later", "enter,q,escape", "answer('later')", "ask again later", 40),
    # two contacts side by side
    Key("pair.down", "j,down", "down", "down", 92),
    Key("pair.up", "k,up", "up", "up", 92),
    Key("pair.page_down", "pagedown", "page_down", "a page down", 92),
    Key("pair.page_up", "pageup", "page_up", "a page up", 92),
    Key("pair.first", "g,home", "first", "to the top", 92),
    Key("pair.last", "G,end", "last", "to the end", 92),
    Key("doubles.merge", "enter,ctrl+s", "merge", "merge", 10),
    Key("doubles.side", "space", "side", "the other's", 15),
    Key("doubles.left", "left", "pick('left')", "the left one", 92),
    Key("doubles.right", "right", "pick('right')", "the right one", 92),
    Key("doubles.apart", "K", "apart", "keep apart", 20),
    Key("doubles.next", "right_square_bracket", "go(1)", "next pair", 30),
    Key("doubles.last", "left_square_bracket", "go(-1)", "last pair", 92),
    # the open card: one line is lit
    Key("card.down", "j,down", "down", "down", 92),
    Key("card.up", "k,up", "up", "up", 92),
    Key("card.open", "enter", "open", "open", 30),
    Key("opencard.next", "right_square_bracket", "go(1)", "next", 65),
    Key("opencard.last", "left_square_bracket", "go(-1)", "last", 92),
    Key("card.page_down", "pagedown,space", "page_down", "a page down", 92),
    Key("card.page_up", "pageup", "page_up", "a page up", 92),
    Key("card.first", "g,home", "first", "to the top", 92),
    Key("card.last", "G,end", "last", "to the end", 92),
    # an open call
    Key("opencall.next", "right_square_bracket", "go(1)", "next", 58),
    Key("opencall.last", "left_square_bracket", "go(-1)", "last", 92),
    # a search line
    Key("search.to_list", "down,enter", "to_list", "to the list", 10, cap="Enter"),
    Key("search.complete", "tab", "complete", "complete", 15),
    Key("search.leave", "escape", "leave", "empty, then leave", 20),
    # the log bar: who
    Key("barwho.take", "tab,enter", "take", "take", 10),
    Key("barwho.up", "up", "choose(-1)", "choose", 20, cap="↑↓"),
    Key("barwho.down", "down", "choose(1)", "choose", 92),
    Key("barwho.new", "ctrl+n", "new_contact", "new contact", 30),
    Key("barwho.hang_up", "ctrl+t", "hang_up", "hang up", 35),
    Key("barwho.leave", "escape", "leave", "leave", 40),
    # the log bar: the line
    Key("barline.save", "enter", "save", "save", 10),
    Key("barline.complete", "tab", "complete", "complete", 20),
    Key("barline.ghost", "right", "ghost", "take the dim text", 92),
    Key("barline.earlier", "up", "earlier(-1)", "earlier notes", 50, cap="↑↓"),
    Key("barline.later", "down", "earlier(1)", "later notes", 92),
    Key("barline.who", "backspace", "clear_left", "who else?", 35),
    Key("barline.hang_up", "ctrl+t", "hang_up", "hang up", 25),
    Key("barline.to_contact", "ctrl+n", "to_contact", "the note is a contact", 92),
    Key("barline.keep", "escape", "keep", "keep as draft", 30),
    # a form
    Key("form.next", "tab", "next_field", "next field", 20),
    Key("form.last", "shift+tab", "last_field", "last field", 92),
    Key("form.enter", "enter", "enter", "next or save", 25),
    Key("form.save", "ctrl+s", "save", "save", 10),
    Key("form.known", "ctrl+o", "known", "open the known one", 12),
    Key("form.anew", "ctrl+n", "anew", "throw the draft away, begin anew", 15),
    Key("form.leave", "escape", "leave", "keep as draft", 22),
    # a picker and the palette
    Key("picker.take", "enter", "take", "take", 10),
    Key("picker.up", "up", "choose(-1)", "choose", 20, cap="↑↓"),
    Key("picker.down", "down", "choose(1)", "choose", 92),
    Key("picker.leave", "escape", "leave", "leave", 30),
    # the filters under a name
    Key("savedfilters.take", "enter", "take", "take", 10),
    Key("savedfilters.up", "up", "choose(-1)", "choose", 20, cap="↑↓"),
    Key("savedfilters.down", "down", "choose(1)", "choose", 92),
    Key("savedfilters.rename", "ctrl+r", "rename", "rename", 24),
    Key("savedfilters.drop", "delete", "drop", "delete", 26),
    Key("savedfilters.leave", "escape", "leave", "leave", 30),
    # a menu of letters
    Key("menu.down", "j,down", "choose(1)", "down", 92),
    Key("menu.up", "k,up", "choose(-1)", "up", 92),
    Key("menu.take", "enter", "take", "take", 10),
    Key("menu.leave", "q,escape", "leave", "leave", 20),
    # the list of drafts
    Key("drafts.down", "j,down", "move(1)", "down", 92),
    Key("drafts.up", "k,up", "move(-1)", "up", 92),
    Key("drafts.take", "enter", "take", "go on with it", 10),
    Key("drafts.drop", "delete", "drop", "throw away", 20),
    Key("drafts.leave", "q,escape", "leave", "leave", 30),
    # a question
    Key("confirm.yes", "y", "answer(True)", "yes", 10),
    Key("confirm.no", "n", "answer(False)", "no", 20),
    Key("confirm.safe", "enter", "safe", "the safe answer", 92),
    Key("confirm.leave", "q,escape", "leave", "leave", 30),
    # which of two lines reads right
    Key("bidi.first", "1", "answer(1)", "the first", 10),
    Key("bidi.second", "2", "answer(2)", "the second", 12),
    Key("bidi.neither", "0", "answer(0)", "neither", 14),
    Key("bidi.close", "enter", "close", "close", 16),
    Key("bidi.leave", "q,escape", "leave", "decide later", 20),
    # help
    Key("help.down", "j,down", "down", "down", 20, cap="j k"),
    Key("help.up", "k,up", "up", "up", 92),
    Key("help.page_down", "pagedown,space", "page_down", "a page down", 30),
    Key("help.page_up", "pageup", "page_up", "a page up", 92),
    Key("help.first", "g,home", "first", "to the top", 92),
    Key("help.last", "G,end", "last", "to the end", 92),
    Key("help.search", "slash", "search", "search", 40),
    Key("help.leave", "q,escape,question_mark", "leave", "close", 10),
)

AREA_TITLES: Final[Mapping[str, str]] = {
    "app": "Everywhere, text fields too",
    "place": "On every screen",
    "list": "In a list",
    "record": "The selected person or record",
    "work": "What there is to do for the selected person",
    "person": "The selected person, or all who are marked",
    "promise": "The selected follow-up, or all that are marked",
    "marks": "Marks",
    "today": "Today",
    "contacts": "Contacts",
    "calls": "Calls",
    "followups": "Follow-ups",
    "tickets": "Tickets",
    "kpis": "KPIs",
    "firstrun": "In an empty database",
    "settings": "In the settings",
    "path": "Where a file is named",
    "importing": "In a file that is to be imported",
    "importrun": "While a file is imported",
    "leftover": "At the question about an interrupted import",
    "pair": "Two contacts side by side: their fields",
    "doubles": "Two contacts side by side",
    "card": "In a card",
    "opencard": "In an open card",
    "opencall": "In an open call",
    "filter": "Where there is a search line",
    "search": "In a search line",
    "barwho": "Log bar: who",
    "barline": "Log bar: the line",
    "form": "In a form",
    "picker": "In a picker, in the palette",
    "savedfilters": "In the list of saved filters",
    "menu": "In a menu of letters",
    "drafts": "In the list of drafts",
    "confirm": "At a question",
    "bidi": "At the question which line reads right",
    "help": "In help",
}

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "today": ("app", "place", "list", "record", "work", "promise", "marks", "today", "outcome"),
    "contacts": ("app", "place", "list", "record", "work", "person", "marks", "contacts", "filter"),
    "calls": ("app", "place", "list", "record", "work", "calls", "filter"),
    "followups": (
        *("app", "place", "list", "record", "work", "promise", "marks", "followups", "filter", "outcome"),
    ),
    "tickets": ("app", "place", "list", "record", "work", "tickets"),
    "kpis": ("app", "place", "record", "kpis"),
    "firstrun": ("app", "place", "record", "firstrun"),
    "settings": ("app", "place", "list", "settings"),
    "path": ("app", "path"),
    "importing": ("app", "place", "list", "importing"),
    "importrun": ("app", "importrun"),
    "leftover": ("app", "leftover"),
    "doubles": ("app", "place", "pair", "doubles"),
    "card": ("app", "place", "card", "opencard", "record", "work", "person"),
    "history": ("app", "place", "list", "record"),
    "plain": ("app", "place", "card"),
    "call": ("app", "place", "card", "record", "work", "opencall"),
    "search": ("app", "search"),
    "barwho": ("app", "barwho"),
    "barline": ("app", "barline"),
    "form": ("app", "form"),
    "picker": ("app", "picker"),
    "savedfilters": ("app", "savedfilters"),
    "menu": ("app", "menu"),
    "drafts": ("app", "drafts"),
    "confirm": ("app", "confirm"),
    "bidi": ("app", "bidi"),
    "help": ("app", "help"),
}
"""The areas whose keys act together. ``outcome`` stands for the letters of the process file."""

"""The bar while Who is asked: looks for people at every key, takes the lit one, and never saves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import Contact, ContactRow, NewContact, PhoneNumber
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.bar import panel
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.who import NewRow, Step, is_line

if TYPE_CHECKING:
    from textual.worker import Worker

    from tuicrm.services.context import Crm
    from tuicrm.tui.bar.bar import LogBar


def look(crm: Crm, text: str, *, caller: bool) -> tuple[ContactRow, ...]:
    """Who may be meant by ``text``: those with the number in it first, then those of that name.

    ``caller``: the number is known already and nobody's, so only names are looked for.
    """
    # services are imported by the thread that needs them
    from tuicrm.domain.matching import parse_who
    from tuicrm.tui.bridge import find

    who = parse_who(text, crm.region())
    if who.number is None or caller:
        return tuple(find.find(crm, text, limit=panel.HIGHEST))
    have = find.by_number(crm, who.number.raw)
    named = find.find(crm, who.name, limit=panel.HIGHEST, near=False) if who.name else []
    ids = {row.id for row in have}
    return (*have, *(row for row in named if row.id not in ids))


class WhoDesk:
    """Finds, chooses and takes whom the call is with, for one bar."""

    def __init__(self, bar: LogBar) -> None:
        self._bar = bar
        self._search: Worker[Any] | None = None

    # --- typing -------------------------------------------------------------------------------------------

    def typed(self, session: Session, text: str) -> bool:
        """The text changed. True when it turned out to be a line: a token names nobody."""
        if is_line(text):
            # the field reports one change twice; the second report must not make a line of it again
            session.finder.type(text)
            return True
        if session.finder.type(text):
            self._bar.hush()
            self.search(session)
        return False

    def search(self, session: Session) -> None:
        """Looks for the text as it stands; a search for an older text is given up."""
        look_now = partial(self._found, session, session.finder.text)
        self._search = self._bar.run_worker(look_now, group="who", exclusive=True, exit_on_error=False)

    async def _found(self, session: Session, text: str) -> None:
        try:
            await self.look_for(session, text)
        except CrmError as error:
            self._bar.notice(i18n.sentence(error), "bad")
            return
        if self._bar.session is session and session.phase == "who":
            self._bar.paint()

    async def look_for(self, session: Session, text: str) -> None:
        """Reads who may be meant by ``text`` and puts it into the session."""
        caller = session.finder.caller is not None
        hits = await self._bar.bridge.read(look, text, caller=caller) if text.strip() else ()
        session.finder.found(text, hits)

    async def ready(self, session: Session) -> None:
        """Waits until the rows are those of the text that stands there now."""
        if session.finder.ready:
            return
        if self._search is not None:
            self._search.cancel()
        await self.look_for(session, session.finder.text)

    # --- keys ---------------------------------------------------------------------------------------------

    async def choose(self, session: Session, step: Step) -> None:
        """Goes a row up or down."""
        await self.ready(session)
        session.finder.choose(step)
        self._bar.hush()
        self._bar.paint()

    async def take(self, session: Session, *, tab: bool) -> None:
        """Takes the lit row. ``tab`` on nothing typed means: no name."""
        await self.ready(session)
        row = session.finder.row
        if row is not None:
            await self._take(session, row)
        elif tab and not session.finder.text.strip() and not session.dial:
            await self.nobody(session)
        else:
            self._say(self._why_nobody(session))

    def _say(self, sentence: Phrase) -> None:
        self._bar.notice(sentence, "warn")
        self._bar.paint()

    async def new_contact(self, session: Session) -> None:
        """Takes the contact that the text would make, whoever else is listed."""
        await self.ready(session)
        row = session.finder.choose_new()
        if row is not None:
            await self._take(session, row)
        else:
            self._say(t("Type a name or a number first."))

    async def _take(self, session: Session, row: ContactRow | NewRow) -> None:
        if isinstance(row, ContactRow):
            # who is on the line already may be anybody's: nobody is called
            if session.live is not None or await self._bar.door.claiming.may(row.id, "barwho.take"):
                await self.contact(session, row.id)
        elif row.doubtful and session.ask != "name":
            session.ask = "name"
            self._bar.paint()
        else:
            await self.new(session, row.contact)

    def _why_nobody(self, session: Session) -> Phrase:
        finder = session.finder
        if not finder.text.strip():
            return (
                t("Type a name or a number.")
                if session.dial
                else t("Type a name; {key} means no name.", key=keymap.named("barwho.take"))
            )
        near = any(isinstance(row, ContactRow) for row in finder.rows)
        if finder.new is None:
            return (
                t("Nobody is chosen: {down} takes a near name.", down=keymap.named("barwho.down"))
                if near
                else t("Nobody has that.")
            )
        name = finder.new.contact.name
        if near:
            return t(
                "Nobody is chosen: {down} takes a near name, {new} makes {name}.",
                down=keymap.named("barwho.down"),
                new=keymap.named("barwho.new"),
                name=name,
            )
        return t("Nobody has that name: {new} makes {name}.", new=keymap.named("barwho.new"), name=name)

    # --- taking -------------------------------------------------------------------------------------------

    async def contact(self, session: Session, contact_id: int) -> None:
        """The call is with this contact, or with whom it was merged into; what was typed for them returns."""
        from tuicrm.tui.bridge import calls, contacts

        bridge = self._bar.bridge
        whole: Contact = await bridge.read(contacts.get, contact_id)
        if whole.deleted_at is not None:
            self._gone(session, whole)
            return
        if session.dial:
            await self._bar.dial(whole, session.keys)
            return
        dialled = self._part(session, whole)
        context = await bridge.read(
            calls.context, whole.id, origin=session.origin, follow_up_id=session.follow_up_id
        )
        session.take_contact(whole, context)
        await self._bar.enter_line(session)
        self._say_parted(whole.name, dialled)

    def _part(self, session: Session, whom: Contact | NewContact) -> Contact | ContactRow | None:
        """Leaves a call that came back to whom it was dialled, when that is somebody else; gives who that is."""
        dialled = session.dialled if session.is_anothers(whom) else None
        if dialled is not None:
            self._bar.door.state.parted(session)
        return dialled

    def _say_parted(self, name: str, dialled: Contact | ContactRow | None) -> None:
        if dialled is None:
            return
        self._bar.door.repaint_live()
        said = t(
            "{name} has another number: the dialled call stays that of {other}.",
            name=name,
            other=dialled.name,
        )
        self._say(said)

    def _gone(self, session: Session, whole: Contact) -> None:
        """Somebody deleted the contact since it was listed: it is not taken, and is listed no more."""
        session.back_to_who()
        session.finder.hits = tuple(hit for hit in session.finder.hits if hit.id != whole.id)
        self._bar.show(session)
        self._bar.notice(t("{name} was deleted.", name=whole.name or t("This contact")), "bad")
        self._bar.paint()

    async def new(self, session: Session, new: NewContact) -> None:
        """The call is with somebody to be made with it."""
        if session.dial:
            await self._dial_new(new, session.keys)
            return
        dialled = self._part(session, new)
        session.take_new(new, await self._context(session))
        await self._bar.enter_line(session)
        await self._warn_of_doubles(new)
        self._say_parted(new.name, dialled)

    async def _dial_new(self, new: NewContact, keys: int) -> None:
        if not new.phones:
            self._say(t("There is no number to dial."))
            return
        if not await self._is_free(new.phones[0]):
            return
        self._bar.door.close()
        await self._bar.door.dialling.dial_new(new, keys=keys)

    async def _is_free(self, number: PhoneNumber) -> bool:
        """Takes the number before it is dialled; False, and said, when another agent is calling it."""
        from tuicrm.tui.bridge import claims

        if number.e164 is None or number.ext:
            return True
        return await self._bar.door.claiming.may(claims.of_number(number.e164), "barwho.take")

    async def _warn_of_doubles(self, new: NewContact) -> None:
        """Somebody like the new contact is named at once, while it costs one key to go back."""
        from tuicrm.tui.bridge import duplicates
        from tuicrm.tui.dialogs.contact_form import doubles_said

        said = doubles_said(await self._bar.bridge.read(duplicates.likely, new))
        if said:
            self._bar.notice(said, "warn")
            self._bar.paint()

    async def nobody(self, session: Session, line: str = "") -> None:
        """The call names nobody; ``line`` is what turned out to be its line."""
        session.take_nobody(await self._context(session))
        session.finder.type("")
        if line:
            session.write(line)
        await self._bar.enter_line(session)

    async def _context(self, session: Session) -> Any:
        from tuicrm.tui.bridge import calls

        return await self._bar.bridge.read(calls.context, None, origin=session.origin)

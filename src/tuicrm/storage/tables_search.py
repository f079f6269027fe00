"""What is found again: filters under a name, words with a slip, the full text of contacts and of calls.

A part of ``storage.tables``, which imports it.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field

from tuicrm.storage.table_parts import AUTO, Table, int_column, maybe_text, number_key, text_column


class SavedFilter(Table, table=True):
    """A filter under a name: ``what`` list it is of, whose it is (``agent``, null: everybody's).

    ``members``: 1 when who is on it stands in ``worklist_member``; then ``text`` is empty. ``round_at``: since when
    its people are called once more, null: since it was made.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (
        Index(
            "ux_saved_filter_name",
            "what",
            text("coalesce(agent, '')"),
            "name_key",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        AUTO,
    )
    id: int | None = number_key()
    what: str = text_column(None)
    name: str = text_column(None)
    name_key: str = text_column(None)
    text: str = text_column(None)
    agent: str | None = maybe_text()
    members: int = int_column()
    round_at: str | None = maybe_text()
    created_at: str = text_column(None)
    deleted_at: str | None = maybe_text()


class Spelling(Table, table=True):
    """Words of contacts by themselves with one letter left out: finds a word with one slip in it."""

    __tablename__ = "spelling"
    __table_args__ = ({"sqlite_with_rowid": False},)
    deletion: str = Field(sa_column=Column("deletion", Text, primary_key=True, nullable=False))
    stem: str = Field(sa_column=Column("stem", Text, primary_key=True, nullable=False))


# Full text: what SQLAlchemy cannot describe. Words are folded before they are stored, so the tokenizer has
# nothing to fold: ``ascii`` takes every letter beyond ASCII as part of a word, where ``unicode61`` knows
# Unicode 6.1 only. The delete commands must carry the old words; a change of any other column does not reach
# the index. Who makes a contact writes its words into the index as well (``search_index.add_words``): a trigger
# would make FTS5 write a segment for each row, 50 us instead of 9 in an import.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE contact_fts USING fts5(words, content='contact', content_rowid='id', "
    "tokenize='ascii', prefix='1 2 3', detail=none)",
    "CREATE TRIGGER contact_fts_update AFTER UPDATE OF words ON contact WHEN old.words <> new.words BEGIN "
    "INSERT INTO contact_fts(contact_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO contact_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER contact_fts_delete AFTER DELETE ON contact BEGIN "
    "INSERT INTO contact_fts(contact_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
    # what was said: most imported calls have no note, and are not in the index at all
    "CREATE VIEW call_words AS SELECT id, words FROM interaction WHERE words <> ''",
    "CREATE VIRTUAL TABLE call_fts USING fts5(words, content='call_words', content_rowid='id', "
    "tokenize='ascii', prefix='1 2 3', detail=none)",
    "CREATE TRIGGER call_fts_insert AFTER INSERT ON interaction WHEN new.words <> '' BEGIN "
    "INSERT INTO call_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER call_fts_update AFTER UPDATE OF words ON interaction WHEN old.words <> new.words BEGIN "
    "INSERT INTO call_fts(call_fts, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> ''; "
    "INSERT INTO call_fts(rowid, words) SELECT new.id, new.words WHERE new.words <> ''; END",
    "CREATE TRIGGER call_fts_delete AFTER DELETE ON interaction WHEN old.words <> '' BEGIN "
    "INSERT INTO call_fts(call_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
)

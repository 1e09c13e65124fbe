"""Small services: `notes` says something, `shelf` hears it; just enough to show what every bus must do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import marshmallow
from sqlalchemy import MetaData, Uuid, delete, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contracts.base import Message, Refusal
from contracts.forms import Input, identifier, text
from contracts.refusals import NotFound
from kit.calls.group import Call, Group
from kit.calls.jobs import JobsService
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.conflicts import Contended
from kit.data.db import NAMING, TYPES, Session
from kit.data.subjects import Subject
from kit.ids import new_id
from kit.messages.handlers import Received
from kit.messages.on_message import on_message, on_messages
from kit.messages.outbox import record
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE, PUBLIC
from kit.wire.envelope import Envelope
from kit.work.jobs import Think
from kit.work.timers import at, cancel, on_due
from tests.kit import thinking
from tests.kit.contract.gates import Gate


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Message, type="notes.note_written"):
    """Somebody wrote a note."""

    note_id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class NoteRewritten(Message, type="notes.note_rewritten"):
    """Somebody changed a note."""

    note_id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class NoteReminded(Message, type="notes.note_reminded"):
    """The time had come to think of a note again."""

    note_id: str


class Forbidden(Refusal):
    code = "TEST_FORBIDDEN"
    zh = "不可写“{word}”，最多 {limit} 次。"
    en = "“{word}” may not be written more than {limit} times."


class SeatTaken(Refusal):
    code = "TEST_SEAT_TAKEN"
    zh = "座位已被占用。"
    en = "The seat is taken."


class NotesTable(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Note(Subject, NotesTable):
    __tablename__ = "notes"
    subject = "note"

    text: Mapped[str]


class Seat(NotesTable):
    __tablename__ = "seats"

    name: Mapped[str] = mapped_column(primary_key=True)


class Heard(NotesTable):
    """One line for each time that this service handled its own message."""

    __tablename__ = "heard"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    note_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))


class _Text(Input):
    text = text(max=1000)


class _Rewrite(_Text):
    note_id = identifier()


class _Note(Input):
    note_id = identifier()


class _Remind(_Note):
    moment = marshmallow.fields.AwareDateTime(required=True)


class _Name(Input):
    name = text()


class _Nothing(Input):
    pass


class NotesService(JobsService, Service):
    """Writes notes, tells of them, and can be made slow, wrong or broken."""

    name = "notes"
    tables = NotesTable.metadata

    @command(_Text, right=PUBLIC)
    def write(self, session: Session, *, text: str) -> dict[str, Any]:
        note = Note(id=new_id(), text=text, created_at=session.now)
        session.add(note)
        record(session, note, NoteWritten(note_id=note.id, text=text))
        if text == "forbidden":
            raise Forbidden("text", word=text, limit=0)
        return {"id": note.id, "text": text}

    @command(_Rewrite, right=PUBLIC)
    def rewrite(self, session: Session, *, note_id: str, text: str) -> dict[str, Any]:
        note = _found(session, note_id)
        note.text = text
        record(session, note, NoteRewritten(note_id=note.id, text=text))
        return {"id": note.id, "text": text}

    @query(_Note)
    def note(self, session: Session, *, note_id: str) -> dict[str, Any]:
        note = _found(session, note_id)
        return {"id": note.id, "text": note.text, "version": note.version}

    @query(_Nothing)
    def whoami(self, session: Session) -> dict[str, Any]:
        context = session.context
        return {"viewer": context.viewer.id, "locale": context.locale, "correlation_id": context.correlation_id}

    @query(_Name)
    def hold(self, session: Session, *, name: str) -> str:
        """Answers once the gate of this name is open."""
        Gate(name).wait()
        return "held"

    @command(_Text, right=PUBLIC)
    def write_slowly(self, session: Session, *, text: str) -> dict[str, Any]:
        """Writes a note whose text names a gate, and commits once that is open."""
        note = Note(id=new_id(), text=text, created_at=session.now)
        session.add(note)
        record(session, note, NoteWritten(note_id=note.id, text=text))
        Gate(text).wait()
        return {"id": note.id, "text": text}

    @command(_Text, right=PUBLIC, together=True)
    def write_together(self, session: Session, calls: Group) -> dict[Call, dict[str, Any]]:
        """Writes notes; one that is `forbidden` is refused, one `found out late` after all were written, `broken` is a fault.

        `hold PATH` waits at a gate before anything is written, and `stay PATH` when all is written; `contended` goes through
        at the second try.
        """
        written = calls.each(calls.arguments, lambda given: _written(session, **given))
        session.flush()
        for note in written.values():
            word, _, path = note.text.partition(" ")
            if word == "stay":
                Gate(path).wait()
            if note.text == "found out late":
                raise Forbidden("text", word=note.text, limit=0)
            if note.text == "contended" and not session.retried:
                raise Contended
        return {call: {"id": note.id, "text": note.text} for call, note in written.items()}

    @query(_Text)
    def fail(self, session: Session, *, text: str) -> None:
        raise RuntimeError(text)

    @query(_Nothing)
    def give_what_no_wire_carries(self, session: Session) -> object:
        return {"lock": object()}

    @command(_Name, right=PUBLIC)
    def take_seat(self, session: Session, *, name: str) -> str:
        if session.get(Seat, name) is not None:
            raise SeatTaken("name")
        session.add(Seat(name=name))
        return name

    @command(_Name, right=HUB_OFFICE)
    def reserve_seat(self, session: Session, *, name: str) -> str:
        require(session, HUB_OFFICE)
        session.add(Seat(name=name))
        return name

    @command(_Name, right=PUBLIC)
    def leave_seat(self, session: Session, *, name: str) -> str:
        session.execute(delete(Seat).where(Seat.name == name))
        return name

    @command(_Remind, right=PUBLIC)
    def remind(self, session: Session, *, note_id: str, moment: datetime) -> None:
        at(session, moment, "remind", note_id)

    @command(_Note, right=PUBLIC)
    def remind_never(self, session: Session, *, note_id: str) -> None:
        cancel(session, "remind", note_id)

    @long_command(_Text, right=PUBLIC)
    def think_over(self, session: Session, think: Think, *, text: str) -> dict[str, Any]:
        """Writes a note, `SECONDS about WHAT`, after thinking about it for so long; a forbidden one is refused then."""
        seconds, _, what = text.partition(" about ")
        if float(seconds):
            think(thinking.burn, float(seconds))
        note = Note(id=new_id(), text=what, created_at=session.now)
        session.add(note)
        record(session, note, NoteWritten(note_id=note.id, text=what))
        if what == "forbidden":
            raise Forbidden("text", word=what, limit=0)
        return {"id": note.id, "text": what}

    @long_command(_Text, right=PUBLIC)
    def have_solved(self, session: Session, think: Think, *, text: str) -> dict[str, Any]:
        """What a solver answers that is given so many seconds."""
        return {"status": think(thinking.solve, float(text))}

    @on_due("remind")
    def reminded(self, session: Session, note_id: str) -> None:
        record(session, _found(session, note_id), NoteReminded(note_id=note_id))

    @on_messages(NoteWritten)
    def hear_oneself(self, session: Session, received: Sequence[Received[NoteWritten]]) -> None:
        session.add_all([Heard(note_id=one.message.note_id) for one in received])


def _written(session: Session, text: str) -> Note:
    word, _, path = text.partition(" ")
    if word == "hold":
        Gate(path).wait()
    if text == "forbidden":
        raise Forbidden("text", word=text, limit=0)
    if text == "broken":
        raise RuntimeError(text)
    note = Note(id=new_id(), text=text, created_at=session.now)
    session.add(note)
    record(session, note, NoteWritten(note_id=note.id, text=text))
    return note


def _found(session: Session, note_id: str) -> Note:
    note = session.get(Note, note_id)
    if note is None:
        raise NotFound("noteId")
    return note


class ShelfTable(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Seen(ShelfTable):
    """One line for each time that a handler's effect was committed: two lines for one message are one too many."""

    __tablename__ = "seen"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    handler: Mapped[str]
    type: Mapped[str]
    message_id: Mapped[str]
    note_id: Mapped[str]
    text: Mapped[str]
    actor: Mapped[str]
    correlation_id: Mapped[str]


class ShelfService(Service):
    """Keeps what it hears; `stumble` fails on notes that ask for it."""

    name = "shelf"
    tables = ShelfTable.metadata

    @query(_Nothing)
    def count(self, session: Session) -> int:
        return session.scalar(select(func.count()).select_from(Seen)) or 0

    @on_message(NoteWritten, NoteRewritten)
    def keep(self, session: Session, message: NoteWritten | NoteRewritten, envelope: Envelope) -> None:
        _see(session, "keep", message, envelope)

    @on_message(NoteWritten)
    def stumble(self, session: Session, message: NoteWritten, envelope: Envelope) -> None:
        """`never …` always fails; `until PATH` fails while that gate is shut; `hold PATH` waits at it."""
        _see(session, "stumble", message, envelope)
        word, _, path = message.text.partition(" ")
        if word == "never":
            raise RuntimeError(message.text)
        if word == "hold":
            Gate(path).wait()
        if word == "until" and not Gate(path).is_open:
            Gate(path).knock()
            raise RuntimeError("the gate is shut")


def _see(session: Session, handler: str, message: NoteWritten | NoteRewritten, envelope: Envelope) -> None:
    session.add(
        Seen(
            handler=handler,
            type=envelope.type,
            message_id=envelope.id,
            note_id=message.note_id,
            text=message.text,
            actor=session.viewer.id,
            correlation_id=session.context.correlation_id,
        )
    )


SERVICES: dict[str, type[Service]] = {service.name: service for service in (NotesService, ShelfService)}

"""Database: one engine a service, transactions that know who acts and when, PostgreSQL and SQLite behind the same code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    String,
    Table,
    Uuid,
    event,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.types import TypeDecorator, TypeEngine

from kit.clock import Clock
from kit.context import Context
from kit.data import engine
from kit.data.conflicts import DatabaseBusy, is_full
from kit.data.engine import ALONE, WRITES
from kit.data.one_writer import OneWriter
from kit.data.telling import tell, tell_nobody
from kit.data.wakeups import Wakeups
from kit.telemetry.sql_spans import trace_statements
from kit.viewer import Viewer

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

MESSAGE_BYTES = 4 * 1024 * 1024
"""The largest message, where no setting says otherwise."""

Found = TypeVar("Found")
Writing = Callable[["Session", list[dict[str, Any]]], None]
"""Writes rows that were put beside one another, in one statement."""


class Instant(TypeDecorator[datetime]):
    """A moment, always in UTC, with a time zone also where the database (SQLite) keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        moment: datetime | None = value
        return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


Id = Annotated[str, mapped_column(Uuid(as_uuid=False))]
Sought = Annotated[str, mapped_column(String().with_variant(String(collation="C"), "postgresql"))]
"""A text that is looked for by how it begins: PostgreSQL, like SQLite, then compares it byte by byte."""


class Json(TypeDecorator[Any]):
    """A JSON value, binary where the database can."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())


def only_where(condition: str) -> dict[str, Any]:
    """What makes an index partial, in both databases."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


TYPES: dict[Any, Any] = {datetime: Instant(), dict[str, Any]: Json(), list[str]: Json()}
"""What the annotations of mapped columns stand for; the base of each service's tables takes it."""


class KitTable(DeclarativeBase):
    """The base of the tables that every service has: outbox, inbox, due rows, answers, grants."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


def table_of(mapped: type[DeclarativeBase]) -> Table:
    """The table of a mapped class, for statements that make no mapped objects."""
    return cast(Table, mapped.__table__)


_NOWHERE = Context()


class Session(OrmSession):
    """A SQLAlchemy session that knows its context and its moment (`now` stays the same through the transaction).

    A message that is recorded in it may have `message_bytes`. `people` are all on whose behalf it acts, by id; `asked` are
    the rights that were asked for the one for whom it acts now. It is `retried` where others were faster at the first try.
    """

    def __init__(self, engine: Engine, *, context: Context, now: datetime, message_bytes: int = MESSAGE_BYTES) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.context = context
        self.message_bytes = message_bytes
        self.now = now
        self.wakes: set[str] = set()
        self._put: dict[Writing, list[dict[str, Any]]] = {}
        self.people = frozenset({context.viewer.id})
        self.asked: list[Any] = []
        self.retried = False
        self.steps: list[Callable[[], None]] = []
        self.traces: list[Callable[[Session], None]] = []

    def leave(self, trace: Callable[[Session], None]) -> None:
        """Of what only reads: write this in a transaction behind it, before it is answered; without it there is no answer."""
        self.traces.append(trace)

    def last(self, step: Callable[[], None]) -> None:
        """Do this when all else is written, just before the commit: what others wait for is then held for no longer."""
        self.steps.append(step)

    def take_last_steps(self) -> None:
        if self.steps:
            self.flush()
        for step in self.steps:
            step()

    @property
    def viewer(self) -> Viewer:
        return self.context.viewer

    @contextmanager
    def acting(self, context: Context, asked: list[Any] | None = None) -> Iterator[None]:
        """What is done inside is done on this behalf: a transaction may take several deeds, each of somebody else.

        `asked` takes the rights that are asked inside.
        """
        own = self.context, self.asked
        self.context, self.asked = context, self.asked if asked is None else asked
        try:
            yield
        finally:
            self.context, self.asked = own

    def find(self, entity: type[Found], id_: str, *parts: ExecutableOption) -> Found | None:
        """The row with this id, with its `parts` (loader options) also where the row itself is in the session already.

        `get` takes a row that it knows as it is, and a part that nobody had asked for before would then be missing.
        """
        with_id: Any = entity
        query = select(with_id).where(with_id.id == id_).options(*parts)
        found: Found | None = self.scalars(query).unique().one_or_none()
        return found

    def rows(self, statement: Executable, **given: Any) -> Sequence[Any]:
        """The rows that a statement of tables gives, built once for all calls (bindparam): no mapped objects are made."""
        super().flush()
        return self.connection().execute(statement, given).all()

    def put(self, write: Writing, row: dict[str, Any]) -> None:
        """Let this write a row with the next flush, together with all others of its; no mapped object is made."""
        self._put.setdefault(write, []).append(row)

    def flush(self, objects: Any = None) -> None:
        super().flush(objects)
        put, self._put = self._put, {}
        for write, rows in put.items():
            write(self, rows)

    def wake(self, pump: str) -> None:
        """After the commit, let the named pump look at once."""
        self.wakes.add(pump)


@event.listens_for(Session, "after_soft_rollback")
def _put_in_vain(session: Session, _: Any) -> None:
    """A savepoint begins with a flush: what was put since goes with it."""
    session._put.clear()


class Database:
    """The one database of a service; whether it `refuses` what is written, as far as is known."""

    def __init__(
        self,
        url: str,
        *,
        clock: Clock,
        wakeups: Wakeups,
        pool_size: int = 20,
        statement_timeout: float = 5,
        ping_after: float = 30,
        message_bytes: int = MESSAGE_BYTES,
    ) -> None:
        self.engine = engine.made(url, pool_size, statement_timeout, ping_after)
        trace_statements(self.engine)
        self._alone = self.engine.execution_options(**{ALONE: True})
        self._clock = clock
        self._wakeups = wakeups
        self._message_bytes = message_bytes
        self.refuses = False
        self._turn = OneWriter(statement_timeout) if self.is_sqlite else nullcontext()
        self.tell: Callable[[Collection[str]], None] = tell_nobody if self.is_sqlite else partial(tell, self._alone)
        """Lets other processes know which pumps have something to do; one that listens gathers what it tells."""

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self, context: Context | None = None, *, writes: bool = True) -> Iterator[Session]:
        """One transaction: committed where the block ends well, rolled back where it raises.

        Where it only reads, each statement sees what is committed when it begins. Raises sqlalchemy.exc.OperationalError
        where the database is away, DatabaseBusy where another writer holds SQLite longer than the statement time-out, or
        where nothing can be written.
        """
        if not writes:
            with self._session(self._alone, context) as session:
                yield session
            return
        with self._writing(), self._session(self.engine, context) as session:
            session.connection(execution_options={WRITES: True})
            yield session
            session.take_last_steps()
            session.flush()
            session.commit()
        self._wake(session.wakes)

    @contextmanager
    def statements(self, context: Context | None = None) -> Iterator[Session]:
        """Each statement is a transaction of its own: for what one statement does whole; raises as `transaction` does."""
        with self._writing(), self._session(self._alone, context) as session:
            yield session

    def _session(self, bound_to: Engine, context: Context | None) -> Session:
        now = self._clock.now()
        return Session(bound_to, context=context or _NOWHERE, now=now, message_bytes=self._message_bytes)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Take turns where there is one writer at a time, and note where nothing can be written."""
        try:
            with self._turn:
                yield
        except DBAPIError as error:
            if not is_full(error):
                raise
            self.refuses = True
            raise DatabaseBusy from error

    def _wake(self, pumps: Collection[str]) -> None:
        """Those of this process at once; what a process that dies here has not told, the others find by looking."""
        if pumps:
            self._wakeups.wake(*pumps)
            self.tell(pumps)

    def folders(self) -> list[Path]:
        """Where the files of this database lie, if they lie on this machine."""
        file = self.engine.url.database
        return [Path(file).absolute().parent] if self.is_sqlite and file else []

    def now(self) -> datetime:
        """The moment, as transactions that begin now know it."""
        return self._clock.now()

    def close(self) -> None:
        self.engine.dispose()


AWAY = (OperationalError, PoolTimeout, DatabaseBusy)
"""What is raised where a database cannot be asked, or does not take what is written."""

"""Conflicts: tells the errors of a database that mean that somebody else was first, or that nothing can be written now."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError


class Contended(Exception):  # noqa: N818 - it is no fault
    """What a transaction had counted on was taken meanwhile by another; tried again, it holds what it counts on."""


CONFLICTS = (Contended, StaleDataError, IntegrityError, OperationalError)
"""Where to look for one: catch these, and raise again what is none."""
_CODES = {"40001", "40P01"}  # serialization failure, deadlock
_TOO_LONG = {"55P03", "57014"}  # lock time-out; statement time-out
_PG_FULL = {"53100", "25006"}  # disk full; read-only transaction, as on a standby
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}


class DatabaseBusy(Exception):  # noqa: N818
    """Another writer held the database for longer than the statement time-out, or it takes no writes: its disk is full."""


def says_same_version(error: IntegrityError) -> bool:
    """Whether a message could not be recorded because somebody else has just recorded that version of its subject."""
    return "uq_outbox_subject" in str(error.orig) or "outbox.subject_version" in str(error.orig)


def is_conflict(error: Exception) -> bool:
    """Whether two transactions have met."""
    if isinstance(error, IntegrityError):
        return says_same_version(error)
    if isinstance(error, OperationalError):
        return getattr(error.orig, "pgcode", None) in _CODES
    return isinstance(error, StaleDataError | Contended)


def waited_too_long(error: Exception) -> bool:
    """Whether a statement waited for too long, mostly for somebody else's lock, of a database that is there."""
    return isinstance(error, OperationalError) and getattr(error.orig, "pgcode", None) in _TOO_LONG


def is_full(error: DBAPIError) -> bool:
    """Whether a disk is full or may not be written; what does not answer is another matter."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return getattr(error.orig, "pgcode", None) in _PG_FULL or (code is not None and code & 0xFF in _SQLITE_FULL)

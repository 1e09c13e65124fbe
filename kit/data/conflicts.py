"""Conflicts: tells the errors of a database that mean that somebody else was first, or that nothing can be written now."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

CONFLICTS = (StaleDataError, IntegrityError, OperationalError)
"""Where to look for one: catch these, and raise again what is none."""
_CODES = {"40001", "40P01"}  # serialization failure, deadlock
_PG_FULL = {"53100", "25006"}  # disk full; read-only transaction, as on a standby
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}


def says_same_version(error: IntegrityError) -> bool:
    """Whether a message could not be recorded because somebody else has just recorded that version of its subject."""
    return "uq_outbox_subject" in str(error.orig) or "outbox.subject_version" in str(error.orig)


def is_conflict(error: Exception) -> bool:
    """Whether two transactions have met."""
    if isinstance(error, IntegrityError):
        return says_same_version(error)
    if isinstance(error, OperationalError):
        return getattr(error.orig, "pgcode", None) in _CODES
    return isinstance(error, StaleDataError)


def is_full(error: DBAPIError) -> bool:
    """Whether a disk is full or may not be written; what does not answer is another matter."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return getattr(error.orig, "pgcode", None) in _PG_FULL or (code is not None and code & 0xFF in _SQLITE_FULL)

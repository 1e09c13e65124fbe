"""Conflicts: tells the errors of a database that mean no more than that somebody else was first, and that trying again helps."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

CONFLICTS = (StaleDataError, IntegrityError, OperationalError)
"""Where to look for one: catch these, and raise again what is none."""
_CODES = {"40001", "40P01"}  # serialization failure, deadlock


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

"""Sweeping: what has no row any more is deleted from the store, after the transaction in which the row went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kit.data.db import Session
from kit.work import timers
from kit.work.job_rows import enqueue, is_under_way
from procedures.uploads.files import InPieces

DELETE_FILES = "delete_files"
SWEEP_AFTER = timedelta(minutes=10)
"""How long after its end an upload is swept: a piece that the gateway began to take in before may arrive until then."""


def sweep_later(session: Session, upload: InPieces, timer: str) -> None:
    """Have the pieces of an upload deleted when none can come any more."""
    timers.at(session, upload.expires_at + SWEEP_AFTER, timer, upload.id)


def sweeps(session: Session, upload: InPieces, timer: str, completes: str) -> bool:
    """Whether an upload can go now: one whose completion was asked for in time has its pieces until that has ended."""
    if is_under_way(session, completes, {"upload_id": upload.id}):
        timers.at(session, session.now + SWEEP_AFTER, timer, upload.id)
        return False
    return True


def delete_later(session: Session, keys: Sequence[str]) -> None:
    """Nobody is given a file whose row is gone; so the row goes first, and the file once that is committed."""
    if keys:
        enqueue(session, DELETE_FILES, {"keys": list(keys)})

"""Assembling: makes one file of the pieces of an upload, and keeps none that is not what was announced."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing

import puremagic

from contracts.events.judging.works import ChecksumWrong, NotThatType, PiecesMissing, piece_key
from kit.files.store import Missing, Store, chunks_of, drafting
from services.events.judging.works.model import Upload

HEAD = 65_536
"""Bytes by which a type is told; no signature that puremagic knows lies further in."""
MOST_NAMED = 20
"""How many missing pieces a refusal names."""


def assemble(store: Store, upload: Upload) -> None:
    """Keep the whole file under its version's key; refuses with PiecesMissing, ChecksumWrong or NotThatType.

    What is kept is what was read and checked, so that a piece which arrives meanwhile can change nothing.
    """
    digest, size, head = hashlib.sha256(), 0, bytearray()
    with drafting(store, upload.key) as draft:
        for chunk in _chunks(store, upload):
            digest.update(chunk)
            size += len(chunk)
            head += chunk[: HEAD - len(head)]
            draft.write(chunk)
            time.sleep(0)  # where the service is cooperative, others go on meanwhile
        if (size, digest.hexdigest()) != (upload.size, upload.sha256):
            raise ChecksumWrong("uploadId")
        check_type(bytes(head), upload.media_type)
        draft.keep()


def check_type(head: bytes, media_type: str) -> None:
    """Refuses with NotThatType a file whose beginning has not the signature of this type."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):  # no signature, or nothing at all
        found = []
    if media_type not in {each.mime_type for each in found}:
        raise NotThatType("mediaType", type=media_type)


def _chunks(store: Store, upload: Upload) -> Iterator[bytes]:
    for number in range(1, upload.pieces + 1):
        try:
            piece = store.get(piece_key(upload.id, number))
        except Missing:
            raise PiecesMissing("uploadId", pieces=_missing(store, upload)) from None
        with closing(piece):
            yield from chunks_of(piece)


def _missing(store: Store, upload: Upload) -> str:
    numbers = range(1, upload.pieces + 1)
    missing = (number for number in numbers if store.size(piece_key(upload.id, number)) is None)
    return ", ".join(str(number) for number, _ in zip(missing, range(MOST_NAMED), strict=False))

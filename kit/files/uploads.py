"""Uploads: makes one file of the pieces that were sent, and keeps none that is not what was announced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import puremagic

from contracts.uploads import ChecksumWrong, NotThatType, PiecesMissing, piece_key
from kit.files.store import Missing, Store, chunks_of, drafting
from kit.files.stores import StoreAt

HEAD = 65_536
"""Bytes by which a type is told; no signature that puremagic knows lies further in."""
MOST_NAMED = 20
"""How many missing pieces a refusal names."""


@dataclass(frozen=True)
class Announced:
    """What an upload is to become: so many pieces, one file under `key` of this size, checksum and type."""

    id: str
    pieces: int
    key: str
    size: int
    sha256: str
    media_type: str


def assemble(at: StoreAt, upload: Announced) -> Iterator[tuple[int, int]]:
    """Keep the whole file under its key, telling how many bytes are done.

    Refuses with PiecesMissing, ChecksumWrong or NotThatType.

    What is kept is what was read and checked, so that a piece which arrives meanwhile can change nothing.
    """
    store = at.open()
    digest, size, head = hashlib.sha256(), 0, bytearray()
    with drafting(store, upload.key) as draft:
        for number in range(1, upload.pieces + 1):
            for chunk in _chunks(store, upload, number):
                digest.update(chunk)
                size += len(chunk)
                head += chunk[: HEAD - len(head)]
                draft.write(chunk)
            yield size, upload.size
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


def _chunks(store: Store, upload: Announced, number: int) -> Iterator[bytes]:
    try:
        piece = store.get(piece_key(upload.id, number))
    except Missing:
        raise PiecesMissing("uploadId", pieces=_missing(store, upload)) from None
    with closing(piece):
        yield from chunks_of(piece)


def _missing(store: Store, upload: Announced) -> str:
    numbers = range(1, upload.pieces + 1)
    missing = (number for number in numbers if store.size(piece_key(upload.id, number)) is None)
    return ", ".join(str(number) for number, _ in zip(missing, range(MOST_NAMED), strict=False))

"""Uploading: files as people have them, and their pieces kept as the gateway would keep them."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import Any

from contracts.uploads import piece_key
from kit.files.store import Store, chunks_of, put

PDF, PNG = "application/pdf", "image/png"


def a_pdf(size: int = 2_500, mark: str = "") -> bytes:
    """So many bytes that begin as a PDF does; `mark` makes them differ."""
    return f"%PDF-1.7\n{mark}\n".encode().ljust(size, b"x")


def told(content: bytes, name: str = "教案.pdf", media_type: str = PDF) -> dict[str, Any]:
    """What is said of a file before it is sent."""
    digest = hashlib.sha256(content).hexdigest()
    return {"name": name, "media_type": media_type, "size": len(content), "sha256": digest}


def keep_pieces(store: Store, upload: dict[str, Any], content: bytes, *numbers: int) -> None:
    """Keep the pieces of these numbers, or all."""
    size = upload["piece_size"]
    for number in numbers or range(1, upload["pieces"] + 1):
        put(store, piece_key(upload["id"], number), [content[(number - 1) * size : number * size]])


def got(store: Store, key: str) -> bytes:
    with closing(store.get(key)) as reader:
        return b"".join(chunks_of(reader))

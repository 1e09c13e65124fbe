"""Files: a file on its way in pieces, which becomes one that is kept under the same id."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from contracts.uploads import UploadExpired, length_of, piece_key
from kit.data.db import Id
from kit.files.uploads import Announced


class Stored:
    """What lies in the store under its id, in the `folder` of its kind."""

    folder: ClassVar[str]

    id: Mapped[Id] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]

    @property
    def key(self) -> str:
        """Where it lies in the store, or is put together."""
        return f"{self.folder}/{self.id}"


class InPieces(Stored):
    """A file on its way; `person` alone may send its pieces. It is swept away some time after `expires_at`."""

    person: Mapped[str]
    name: Mapped[str]
    piece_size: Mapped[int]
    expires_at: Mapped[datetime]

    @property
    def pieces(self) -> int:
        return -(-self.size // self.piece_size)

    @property
    def piece_keys(self) -> list[str]:
        """Where its pieces lie, as far as they have come."""
        return [piece_key(self.id, number) for number in range(1, self.pieces + 1)]

    def length(self, number: int) -> int:
        """How many bytes the piece of this number has."""
        return length_of(number, size=self.size, piece_size=self.piece_size)

    @property
    def announced(self) -> Announced:
        """What it is to become."""
        return Announced(self.id, self.pieces, self.key, self.size, self.sha256, self.media_type)

    def check_alive(self, now: datetime) -> None:
        """Go on only while its ticket holds; refuses with UploadExpired."""
        if now >= self.expires_at:
            raise UploadExpired("uploadId")

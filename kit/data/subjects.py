"""Subjects: what messages can be about: something with a word on the wire, and a version that grows with each message."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from contracts.once import once, where
from kit.data.db import Id


class Versioned:
    """What a message can be about: something with an id, and a version that grows by one with each message.

    A mapped class gives its word on the wire, `subject`, which never changes and belongs to one class in the whole hub:
    who reads a message knows nothing else of what it is about.
    """

    subject: ClassVar[str]
    _subjects: ClassVar[dict[str, type[Versioned]]] = {}

    id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "__tablename__" in vars(cls):
            if "subject" not in vars(cls):
                raise TypeError(f"{where(cls)} gives no `subject`, its word on the wire")
            once(Versioned._subjects, cls.subject, cls)
        super().__init_subclass__(**kwargs)  # maps the class

    @staticmethod
    def subjects() -> dict[str, type[Versioned]]:
        """Every mapped class that a message can be about, by its word on the wire."""
        return dict(Versioned._subjects)


class Subject(Versioned):
    """Something with a history: an id, and a version that grows by one with each message about it.

    The version column also guards against lost updates: whoever writes an older version is refused by SQLAlchemy.
    """

    created_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__dict__.get("version", cls.version), "version_id_generator": False}

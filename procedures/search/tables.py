"""Tables: what has names to be found by, and the fragments of those names, in one index for all searches of a family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.sql.base import ExecutableOption

from kit.data.db import Id, Sought


class Fragment:
    """The columns of a table of fragments; whose they are, `owner_id`, the mapped class says with its foreign key.

    `inside` are those that begin inside the names of the owner only; what a name begins with is found before them.
    """

    if TYPE_CHECKING:
        __tablename__: str
        owner_id: Mapped[Id]

    fragment: Mapped[Sought] = mapped_column(primary_key=True, sort_order=1)
    inside: Mapped[bool] = mapped_column(sort_order=2)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return (Index(f"ix_{cls.__tablename__}_sought", "inside", "fragment", "owner_id"),)


class Findable:
    """For a mapped class that is found by its names. Its table has an index on (`spelling`, `id`).

    `spelling` is the version of the rules (procedures.search.fragments.SPELLING) by which its names were spelled out; 0, as
    an earlier release leaves it: not yet.
    """

    if TYPE_CHECKING:
        id: Mapped[Id]

    fragments: ClassVar[type[Fragment]]
    spelling: Mapped[int] = mapped_column(default=0, server_default="0")

    def sought_names(self, now: datetime) -> list[str]:
        """All names by which it is found at this moment, former ones too."""
        raise NotImplementedError

    @classmethod
    def with_names(cls) -> Sequence[ExecutableOption]:
        """What is to be loaded with it for `sought_names`, beside its own columns."""
        return ()


class Sorted(Findable):
    """What is found by its names and listed by the first of them too. Its table has an index that begins with `sort_key`."""

    sort_key: Mapped[Sought] = mapped_column(default="", server_default="")

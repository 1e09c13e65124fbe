"""Name keys: what rows of one name have in common, in a column over which an index lets only one of them stand."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, validates

from contracts.names import name_key
from kit.data.bilingual import Bilingual

KEY = String().with_variant(String(collation="C"), "postgresql")
NameKey = Annotated[str | None, mapped_column(KEY)]
"""Empty (NULL) only in rows that a process of the release before has written beside this one."""


class KeyedByName(Bilingual):
    """For a mapped class that has a name in both languages, and within its bounds one row only of each Chinese name."""

    name_key: Mapped[NameKey]

    @validates("name_zh")
    def _keep_key(self, _: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

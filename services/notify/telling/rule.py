"""Rule: of this message these people are told; its name and what it tells follow from the message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from contracts.base import Message
from services.notify.telling.audiences import Audience
from services.notify.telling.facts import Facts, Source, field
from services.notify.telling.reasons import Addressed


class Rule:
    """One row: the message, who is told of it, and only those facts whose name is not that of a field of the message.

    Such a fact is given as the field that says it, or as a source (`words`, `or_else`). `name` is that of the message,
    so that the graph knows it too, and the heading of the wording.
    """

    def __init__(self, on: type[Message], *to: Audience, **facts: str | Source) -> None:
        self.on = on
        self.persons: frozenset[str] = frozenset()
        self.name = on.type.rpartition(".")[2]
        self.differing = {fact: field(said) if isinstance(said, str) else said for fact, said in facts.items()}
        self._to = to

    def naming(self, *persons: str) -> Self:
        """The rule, of which these facts are accounts of persons: told by their names, looked up whenever somebody reads."""
        self.persons = frozenset(persons)
        return self

    def addressed(self, message: Message) -> list[Addressed]:
        """Whom this message concerns, each once."""
        return list(dict.fromkeys(each for audience in self._to for each in audience(message)))

    def facts(self, message: Message, names: Iterable[str]) -> Facts:
        """What the message says under these names; what it does not say is left out."""
        said = {name: self.differing.get(name, field(name))(message) for name in sorted(names)}
        return {name: fact for name, fact in said.items() if fact is not None}

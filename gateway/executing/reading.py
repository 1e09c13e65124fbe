"""Reading: a resolver that shows what its parent holds says so, so that it need not be called for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLResolveInfo

from gateway.graph.names import snake

Made = Callable[[Any], Any]


class Reading:
    """A resolver: what `made` makes of the value that the parent holds under `key`, else under the field's own name.

    `english` is the key for who is answered in English. Where the parent holds nothing, nothing is shown.
    """

    def __init__(self, made: Made | None = None, *, key: str | None = None, english: str | None = None) -> None:
        self.made = made
        self._key, self._english = key, english

    def key(self, field_name: str, locale: str | None) -> str:
        """Under which key the parent holds it."""
        return (locale == "en" and self._english) or self._key or snake(field_name)

    def __call__(self, parent: Any, info: GraphQLResolveInfo) -> Any:
        key = self.key(info.field_name, info.context.locale)
        value = _held(parent, key)
        return value if value is None or self.made is None else self.made(value)


class Brought:
    """A resolver: what the parent brings along under the field's own name, else what is fetched for it."""

    def __init__(self, fetch: Callable[[Any, GraphQLResolveInfo], Any]) -> None:
        self.fetch = fetch

    def __call__(self, parent: Any, info: GraphQLResolveInfo) -> Any:
        return _held(parent, snake(info.field_name)) or self.fetch(parent, info)


def _held(parent: Any, key: str) -> Any:
    return parent.get(key) if isinstance(parent, dict) else getattr(parent, key, None)

"""Compiler: turns what a document asks into functions, one for each type and place, which read what services answer.

A field that shows what its parent holds costs a look into a dictionary and one at the class of the value; what is not as
expected is completed with all care, as the specification says (section 6.4.3).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    default_field_resolver,
    default_type_resolver,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.pyutils import is_iterable

from gateway.executing.fields import TYPENAME, Asked, Field, Uncompiled
from gateway.executing.leaves import complete_leaf, expected, known, plain
from gateway.executing.reading import Brought, Made, Reading
from gateway.executing.run import Complete, Holder, Place, Run, Shown
from gateway.executing.writing import Row, Show, written
from gateway.graph.names import snake

Inner = Callable[[Any, Run, Place], Any]
"""Completes a value that is there: neither null nor awaited nor an exception."""
CAME = frozenset({dict, list, str, int, float, bool})
"""The classes of what came from a service: no such value is awaited, an exception or null."""


class Compiler:
    """Compiles for one document, one language and one set of conditions; what is asked of a type twice is compiled once."""

    def __init__(self, asked: Asked, locale: str | None) -> None:
        self._asked = asked
        self._locale = locale
        self._known: dict[tuple[Any, ...], Shown] = {}

    def shown(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> Shown:
        """What shows the fields that the nodes ask of an object of this type."""
        key = (kind.name, *map(id, nodes))
        if key not in self._known:
            self._known[key] = self.of_fields(self._asked.of_type(kind, nodes), kind)
        return self._known[key]

    def of_fields(self, fields: list[Field], kind: GraphQLObjectType) -> Shown:
        if kind.is_type_of:
            raise Uncompiled("is_type_of")
        return written(kind.name, [self.row(field) for field in fields])

    def row(self, field: Field) -> Row:
        if field.name == TYPENAME:
            return Row(field.key, _constant(field.parent.name))
        resolver, complete = field.definition.resolve, self._complete(field.definition.type, field)
        if isinstance(resolver, Reading):
            return self._read(field, resolver.key(field.name, self._locale), complete, resolver.made)
        if isinstance(resolver, Brought):
            return Row(field.key, _brought(field, resolver.fetch, complete), snake(field.name))
        if isinstance(resolver, partial) and resolver.func is dict_or_attr_resolver and resolver.args[1] is None:
            return self._read(field, resolver.args[0], complete, None)
        return Row(field.key, _resolved(field, resolver or default_field_resolver, complete))

    def _read(self, field: Field, name: str, complete: Complete, made: Made | None) -> Row:
        """The row of a field that shows what its parent holds."""
        kind, nullable = _without_null(field.definition.type)
        if made is not None:
            show = _made(field, made, complete, nullable, plain(kind))
            return Row(field.key, show if is_leaf_type(kind) else _remembered(field, show), name)
        condition = expected(kind)
        condition = f"{condition} or v is None" if condition and nullable else condition
        return Row(field.key, _held(field, complete, nullable), name, condition, known(kind))

    def _complete(self, kind: GraphQLOutputType, field: Field) -> Complete:
        inner_kind, nullable = _without_null(kind)
        return _careful(self._inner(inner_kind, field), field, nullable)

    def _inner(self, kind: Any, field: Field) -> Inner:
        if is_leaf_type(kind):
            return complete_leaf(kind)
        if is_list_type(kind):
            return self._list(kind, field)
        if is_abstract_type(kind):
            return self._abstract(kind, field)
        return self.shown(kind, field.nodes)

    def _list(self, kind: GraphQLList[Any], field: Field) -> Inner:
        item, nullable = _without_null(kind.of_type)
        complete = self._complete(kind.of_type, field)
        # an object that may not be null tells its own errors; a dictionary is not null
        of_dict = self.shown(item, field.nodes) if is_object_type(item) and not nullable else None

        def show(value: Any, run: Run, place: Place) -> list[Any]:
            if value.__class__ is not list and not is_iterable(value):
                name = f"{field.parent.name}.{field.name}"
                raise GraphQLError(f"Expected Iterable, but did not find one for field '{name}'.")
            shown: list[Any] = []
            for index, each in enumerate(value):
                here = (place, index, nullable)
                if of_dict and each.__class__ is dict:
                    shown.append(of_dict(each, run, here))
                else:
                    shown.append(complete(each, run, here, shown))
            return shown

        return show

    def _abstract(self, kind: GraphQLAbstractType, field: Field) -> Inner:
        resolve_type = kind.resolve_type or default_type_resolver
        if inspect.iscoroutinefunction(resolve_type):
            raise Uncompiled("resolve_type")

        def show(value: Any, run: Run, place: Place) -> dict[str, Any]:
            info = run.info(field)
            name = resolve_type(value, info, kind)
            runtime = run.ensure_valid_runtime_type(name, kind, field.nodes, info, value)
            return self.shown(runtime, field.nodes)(value, run, place)

        return show


def _careful(inner: Inner, field: Field, nullable: bool) -> Complete:
    """CompleteValue of the specification: for a value of any kind, at any place."""
    null = f"Cannot return null for non-nullable field {field.parent.name}.{field.name}."

    def complete(value: Any, run: Run, place: Place, holder: Holder) -> Any:
        try:
            if value.__class__ in CAME:
                return inner(value, run, place)
            if isinstance(value, Exception):
                raise value
            if value is None or value is Undefined:
                if nullable:
                    return None
                raise TypeError(null)
            if run.is_awaitable(value):
                return run.wait(value, complete, place, holder)
            return inner(value, run, place)
        except Exception as raw:  # noqa: BLE001 - whatever it is, it stands where the field would
            return run.fail(raw, field.nodes, place)

    return complete


def _constant(shown: str) -> Show:
    return lambda _value, _source, _run, _place, _holder: shown


def _held(field: Field, complete: Complete, nullable: bool) -> Show:
    key = field.key
    return lambda value, _source, run, place, holder: complete(value, run, (place, key, nullable), holder)


def _made(field: Field, made: Made, complete: Complete, nullable: bool, same: type[Any]) -> Show:
    key = field.key

    def show(value: Any, _source: Any, run: Run, place: Place, holder: Holder) -> Any:
        try:
            if value is not None:
                value = made(value)
                if value.__class__ is same:
                    return value
        except Exception as raw:  # noqa: BLE001 - as what a resolver raises
            return run.fail(raw, field.nodes, (place, key, nullable))
        return complete(value, run, (place, key, nullable), holder)

    return show


def _remembered(field: Field, show: Show) -> Show:
    """What is made of the same text is the same all over an answer, as long as nothing is wrong with it."""

    def recall(value: Any, source: Any, run: Run, place: Place, holder: Holder) -> Any:
        if value.__class__ is not str:
            return show(value, source, run, place, holder)
        known = run.made.get((field, value))
        if known is None:
            known = run.remember((field, value), partial(show, value, source, run, place, holder))
        run.fields += known[1]
        return known[0]

    return recall


def _brought(field: Field, fetch: Callable[..., Any], complete: Complete) -> Show:
    held = _held(field, complete, nullable=not is_non_null_type(field.definition.type))
    fetched = _resolved(field, fetch, complete)
    return lambda value, *at: held(value, *at) if value else fetched(value, *at)


def _resolved(field: Field, resolve: Callable[..., Any], complete: Complete) -> Show:
    key, nullable = field.key, not is_non_null_type(field.definition.type)

    def show(_value: Any, source: Any, run: Run, place: Place, holder: Holder) -> Any:
        here = (place, key, nullable)
        try:
            info, arguments = run.prepared(field)
            value = resolve(source, info, **arguments)
        except Exception as raw:  # noqa: BLE001 - it stands where the field would
            return run.fail(raw, field.nodes, here)
        return complete(value, run, here, holder)

    return show


def _without_null(kind: Any) -> tuple[Any, bool]:
    """The type itself, and whether null may stand for it."""
    return (kind.of_type, False) if isinstance(kind, GraphQLNonNull) else (kind, True)

"""Calling: a resolver that asks a service says so, and what it costs is known before it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from graphql import GraphQLField

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def calls(resolver: Resolver) -> Resolver:
    """Marks a resolver that asks a service; tests/house/test_calls_a_row.py finds each one that is not marked."""
    resolver.__dict__["calls"] = True
    return resolver


def counts(resolver: Resolver) -> Resolver:
    """Marks a resolver that has a list counted, which is dearer than to read a page of it."""
    resolver.__dict__["counts"] = True
    return calls(resolver)


def does_count(field: GraphQLField) -> bool:
    """Whether a field has a list counted when it is resolved."""
    return bool(getattr(field.resolve, "counts", False))


def does_call(field: GraphQLField) -> bool:
    """Whether a field asks a service when it is resolved."""
    return bool(getattr(field.resolve, "calls", False))

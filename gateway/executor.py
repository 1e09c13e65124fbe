"""Executor: pages of the hub itself ask the schema like anybody else: the same rights, limits, prices and wording."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphql import GraphQLSchema
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from gateway.context import Context
from gateway.locale import Locale
from gateway.problems import report
from gateway.protocol.documents import Documents
from gateway.protocol.limits import Limits
from gateway.protocol.metering import Meter
from gateway.protocol.operations import Operations, Parameters
from gateway.viewer import Identity

SECONDS = 10.0
"""The longest that one operation may take, as over HTTP."""


@dataclass(frozen=True)
class Asked:
    """An operation of a document, with its variables."""

    document: str
    operation: str
    variables: Mapping[str, Any]


class Executor:
    """`verified` tells whom a token stands for, `context_for` makes the context in which they ask.

    The documents of pages are remembered apart, so that no stranger's drive them out.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        meter: Meter,
        verified: Callable[[str, datetime | None], Awaitable[Identity]],
        context_for: Callable[[HTTPConnection, Identity | None, Locale], Context],
    ) -> None:
        documents = Documents(schema, limits, suggestions=False, introspection=False)
        self._operations = Operations(schema, documents, report, SECONDS, meter)
        self._verified = verified
        self._context_for = context_for

    async def known(self, token: str, since: datetime | None = None) -> Identity:
        """Whom the token stands for; raises InvalidToken, also where their sessions were ended, or IssuerUnavailable.

        `since` is when the session began that the token goes on with, where that was before its issue.
        """
        return await self._verified(token, since)

    async def answer(
        self,
        connection: HTTPConnection,
        identity: Identity | None,
        locale: Locale,
        asked: Asked,
    ) -> dict[str, Any]:
        """The body of the GraphQL answer, `data` and `errors`; whatever is wrong is in it, in the language asked for."""
        context = self._context_for(connection, identity, locale)
        parameters = Parameters(asked.document, asked.operation, dict(asked.variables))
        return (await self._operations.answer(parameters, context, locale)).body


Pages = Callable[[Executor], Sequence[BaseRoute]]
"""Makes the routes of pages that ask through the executor."""

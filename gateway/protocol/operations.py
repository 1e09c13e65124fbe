"""Operations: one request's parameters become answers, the same way whether they came over HTTP or a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    create_source_event_stream,
)

from gateway.executing.execution import Executed, Requested, executed
from gateway.locale import Locale
from gateway.protocol.documents import Document, Documents, light
from gateway.protocol.faults import Fault, Report, shown
from gateway.protocol.metering import Bill, Free, Meter
from gateway.protocol.persisted import digest_in
from gateway.protocol.shared import Shared
from gateway.protocol.watched import UNKNOWN, watched

COMPLETE, PARTIAL, REFUSED = 200, 294, 400
CHARACTERS_READ = 20
"""Of a document that is refused: reading so many takes as long as giving one field."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one request (GraphQL over HTTP, section 5.1); `digest` names a document that may be left out."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL response, and the HTTP status that it has under `application/graphql-response+json`.

    200 is an answer without errors, 294 one with data and errors; 4xx or 5xx one without data: a request error. `fields` is
    how many the data of an answer without errors has.
    """

    body: dict[str, Any]
    status: int = COMPLETE
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: int = 0

    @property
    def refused(self) -> bool:
        return self.status >= REFUSED


def read_parameters(raw: Any) -> Parameters:
    """The parameters in a decoded JSON value; raises Fault where they are not of their types."""
    if isinstance(raw, list):
        raise Fault("BATCHING_REFUSED")
    if not isinstance(raw, dict):
        raise Fault("BAD_PARAMETER", parameter="body", expected="object")
    name, extensions = raw.get("operationName"), _object(raw, "extensions")
    digest = digest_in(extensions)
    query = raw.get("query") if digest is None else raw.get("query") or ""
    if not isinstance(query, str):
        raise Fault("BAD_PARAMETER", parameter="query", expected="string")
    if name is not None and not isinstance(name, str):
        raise Fault("BAD_PARAMETER", parameter="operationName", expected="string")
    return Parameters(query, name or None, _object(raw, "variables"), extensions, digest)


def _object(raw: dict[str, Any], parameter: str) -> dict[str, Any] | None:
    value = raw.get(parameter)
    if value is not None and not isinstance(value, dict):
        raise Fault("BAD_PARAMETER", parameter=parameter, expected="object")
    return value


class Operations:
    """Runs operations of one schema; none takes longer than `seconds` (a subscription: none of its events)."""

    def __init__(
        self, schema: GraphQLSchema, documents: Documents, report: Report, seconds: float, meter: Meter | None = None
    ) -> None:
        self._meter = meter or Free()
        self._schema = schema
        self._documents = documents
        self._report = report
        self._seconds = seconds

    def read(self, raw: Any) -> Parameters:
        """The parameters in a decoded JSON value, with the document that its hash stands for; raises Fault."""
        parameters = read_parameters(raw)
        if parameters.digest and not parameters.query:
            return replace(parameters, query=self._documents.persisted.find(parameters.digest) or "")
        return parameters

    def kind(self, parameters: Parameters) -> OperationType | None:
        """What kind of operation is asked for; None where the request has an error that `answer` will tell."""
        document = self._documents.read(parameters.query)
        operation = document.operation(parameters.operation_name) if isinstance(document, Document) else None
        return operation.kind if operation else None

    async def answer(self, parameters: Parameters, context: Any, locale: Locale) -> Answer:
        """The answer to a query or mutation; whatever is wrong is in it."""
        kind = self.kind(parameters)
        with watched(kind.value if kind else UNKNOWN, parameters.operation_name if kind else None) as ending:
            answer = await self._answer(parameters, context, locale)
            ending.body = answer.body
        return answer

    async def _answer(self, parameters: Parameters, context: Any, locale: Locale) -> Answer:
        document, bill = self._admitted(parameters, context)
        if not isinstance(document, Document):
            return self.refusal(document, context, locale)
        return _billed(await self._execute(document, parameters, context, locale), bill, self.kind(parameters))

    async def answers(self, parameters: Parameters, context: Any, locale: Locale) -> AsyncGenerator[Answer, None]:
        """The answers to any operation: one, or for a subscription one for each of its events.

        A socket lasts: each operation and each event has a context of its own, so that none shows what was loaded for
        an earlier one.
        """
        if self.kind(parameters) is not OperationType.SUBSCRIPTION:
            yield await self.answer(parameters, _afresh(context), locale)
            return
        document, _ = self._admitted(parameters, context)
        if not isinstance(document, Document):
            yield self.refusal(document, context, locale)
        else:
            source = await self._source(document, parameters, _afresh(context))
            if isinstance(source, ExecutionResult):
                yield self.refusal(_coded(source.errors or []), context, locale)
                return
            try:
                async for event in source:
                    yield await self._event(document, parameters, context, locale, event)
            finally:
                await _close(source)

    async def _event(
        self, document: Document, parameters: Parameters, context: Any, locale: Locale, event: Any
    ) -> Answer:
        """The answer to one event, with a context of its own; one that is shared is answered once for all who ask the same."""

        async def answer() -> Answer:
            with watched(OperationType.SUBSCRIPTION.value, parameters.operation_name) as ending:
                answer = await self._execute(document, parameters, _afresh(context), locale, root=event)
                ending.body = answer.body
            return answer

        return await (event.once(_asked(parameters, context), answer) if isinstance(event, Shared) else answer())

    def refusal(self, errors: list[GraphQLError], context: Any, locale: Locale) -> Answer:
        """The answer without data, for a request that was not executed."""
        faults = [each for each in errors if isinstance(each, Fault)]
        headers = {name: value for each in faults for name, value in each.headers.items()}
        status = max((each.status for each in faults), default=REFUSED)
        return Answer({"errors": self._shown(errors, context, locale)}, status, headers)

    def _admitted(self, parameters: Parameters, context: Any) -> tuple[Document | list[GraphQLError], Bill]:
        """The document, once it is paid for, or why it is not executed; to read one that is refused costs too."""
        bill: Bill = Free()
        try:
            bill = self._meter.open(context)
            self._check_digest(parameters, bill)
            document = self._documents.read(parameters.query)
            if not isinstance(document, Document):
                bill.take(1 + len(parameters.query) // CHARACTERS_READ)
                return document, bill
            bill.take(self._cost(document, parameters))
            if parameters.digest and document.operation(parameters.operation_name):
                self._documents.persisted.keep(parameters.digest, parameters.query, _holder(context))
        except Fault as fault:
            return [fault], bill
        return document, bill

    def _check_digest(self, parameters: Parameters, bill: Bill) -> None:
        """Whoever names what is not there pays for the look; raises Fault."""
        if parameters.digest is None:
            return
        try:
            self._documents.persisted.check(parameters.digest, parameters.query)
        except Fault:
            bill.take(1 + len(parameters.query) // CHARACTERS_READ)
            raise

    def _cost(self, document: Document, parameters: Parameters) -> float:
        operation, limits = document.operation(parameters.operation_name), self._documents.limits
        cost = operation.cost(parameters.variables, limits.page) if operation else 1
        if cost > limits.cost:
            raise Fault("QUERY_TOO_LARGE", limit="cost", found=int(min(cost, 2**31)), allowed=limits.cost)
        return cost

    async def _execute(
        self, document: Document, parameters: Parameters, context: Any, locale: Locale, *, root: Any = None
    ) -> Answer:
        operation = document.operation(parameters.operation_name)
        requested = Requested(
            self._schema,
            document.node,
            root,
            context,
            parameters.variables,
            parameters.operation_name,
            self._documents.suggestions,
        )
        try:
            async with asyncio.timeout(self._seconds):
                done = await executed(requested, operation.plans if operation else None)
        except TimeoutError:
            return self.refusal([Fault("TIMEOUT", status=504, seconds=self._seconds)], context, locale)
        return self._told(done, context, locale)

    def _told(self, done: Executed, context: Any, locale: Locale) -> Answer:
        result = done.result
        if not result.errors:
            return Answer({"data": result.data}, fields=done.fields)
        if result.data is None and all(each.path is None for each in result.errors):
            return self.refusal(_coded(result.errors), context, locale)
        return Answer({"errors": self._shown(result.errors, context, locale), "data": result.data}, PARTIAL)

    def _shown(self, errors: list[GraphQLError], context: Any, locale: Locale) -> list[dict[str, Any]]:
        return [shown(each, context, self._report, locale) for each in errors]

    async def _source(
        self, document: Document, parameters: Parameters, context: Any
    ) -> AsyncIterable[Any] | ExecutionResult:
        try:
            async with asyncio.timeout(self._seconds):
                return await create_source_event_stream(
                    self._schema,
                    document.node,
                    None,
                    context,
                    parameters.variables,
                    parameters.operation_name,
                    hide_suggestions=not self._documents.suggestions,
                )
        except TimeoutError:
            return ExecutionResult(None, [Fault("TIMEOUT", status=504, seconds=self._seconds)])


def _billed(answer: Answer, bill: Bill, kind: OperationType | None) -> Answer:
    """The answer with what it cost: of what was paid for, a query that went well gives back what it did not need."""
    if kind is OperationType.QUERY and answer.status == COMPLETE:
        bill.settle(answer.fields)
    cost = bill.shown()
    return replace(answer, body={**answer.body, "extensions": {"cost": cost}}) if cost else answer


def _asked(parameters: Parameters, context: Any) -> Hashable:
    """What two subscriptions to the same events have in common if they are to have the same answers."""
    variables = orjson.dumps(parameters.variables, option=orjson.OPT_SORT_KEYS)
    return parameters.query, parameters.operation_name, variables, getattr(context, "locale", None)


def _afresh(context: Any) -> Any:
    """Another context like this one, where it knows how to make one."""
    make = getattr(context, "afresh", None)
    return make() if make else context


def _holder(context: Any) -> str:
    """Who is charged for a document that is kept: whoever pays first for the operation."""
    return next(iter(getattr(context, "payers", ())), "")


def _coded(errors: list[GraphQLError]) -> list[GraphQLError]:
    """What GraphQL says of the variables or the operation name gets a code; all else has its own, or its report."""
    return [each if each.path or isinstance(each, Fault) else light(each, "BAD_USER_INPUT") for each in errors]


async def _close(source: AsyncIterable[Any]) -> None:
    close = getattr(source, "aclose", None)
    if close is not None:
        await close()

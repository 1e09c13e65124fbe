"""Commands: a mutation in one line, from the form of the command and what its answer shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.inputs import Form, call_of, command_input, plain, says
from gateway.graph.names import camel, snake
from gateway.graph.relay import LOADERS, NODES, named
from gateway.problems import Problem, refused_answer
from gateway.protocol.calling import calls
from gateway.rpc import Refused

Whose = Callable[[GraphQLResolveInfo, dict[str, Any]], Awaitable[str]]
"""Which service to ask, by the arguments of a command."""


def command(
    form: Form,
    *,
    gives: Any = None,
    answers: dict[str, Any] | None = None,
    long: bool = False,
    asks: Whose | None = None,
) -> graphene.Field:
    """The mutation that has a form: one input, one payload with `problems`, one call of the method of its name.

    `gives` is the type that the service answers with, by itself or, for a node, by its name; the payload has a field of
    the same name. A list of it is `[Entry]`, another name of the field is `{"seat": JudgeSeat}`. Where the service
    answers with several things, `answers` holds their fields; beside `gives`, nodes whose ids the answer holds too. `long`
    where it may go on as a job. `asks` finds the service where every service has the method.
    """
    result, kind = _result(gives)
    shown = dict(answers or {})
    if result:
        shown[result] = _given(result, kind)
    if long:
        shown["job"] = _job()
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="Why nothing was done; empty if all went well."
    )
    payload = type(
        f"{form.__name__}Payload", (graphene.ObjectType,), {**shown, "problems": problems, "__doc__": says(form)}
    )

    @calls
    async def perform(_root: Any, info: GraphQLResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
        return _with_ids(await _perform(info, form, dict(input), result, asks), result, answers or ())

    return graphene.Field(
        graphene.NonNull(payload),
        input=graphene.Argument(
            command_input(form), required=True, description=f"What `{camel(call_of(form)[1])}` takes."
        ),
        resolver=perform,
        description=says(form),
    )


async def _perform(
    info: GraphQLResolveInfo, form: Form, given: dict[str, Any], result: str | None, asks: Whose | None
) -> dict[str, Any]:
    service, method = call_of(form)
    key = given.pop("idempotency_key", None)
    try:
        arguments = plain(form, given)
        whose = await asks(info, arguments) if asks else service
        answer = await info.context.command(whose, method, arguments, key)
    except Refused as refused:
        return refused_answer(refused, info.context.locale)
    return {**({result: answer} if result else answer), "problems": []}


def _with_ids(performed: dict[str, Any], result: str | None, beside: Iterable[str]) -> dict[str, Any]:
    """The payload with the ids of those nodes that the answer only names."""
    answer = performed.get(result) if result else None
    return {**{f"{name}_id": answer.get(f"{name}_id") for name in beside if answer}, **performed}


def _result(gives: Any) -> tuple[str | None, Any]:
    """The name of the payload's field and its type."""
    if isinstance(gives, dict):
        [(name, kind)] = gives.items()
        return name, kind
    return (snake(gives if isinstance(gives, str) else gives.__name__) if gives else None), gives


def _given(name: str, kind: Any) -> graphene.Field:
    words = f"The {name.replace('_', ' ')}; null if there are problems."
    if isinstance(kind, list):
        [item] = kind
        return graphene.List(lambda: graphene.NonNull(named(item)), description=words)
    return graphene.Field(lambda: named(kind), description=words)


def _job() -> graphene.Field:
    """In the payload of a command that may take long: the job as which it goes on."""

    @calls
    async def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        id_ = parent.get("job_id")
        return await info.context.loader(LOADERS["Job"]).load(id_) if id_ else None

    words = (
        "The job that carries on with the work, if the problem is STILL_RUNNING;"
        " repeat with the same idempotency key for its outcome."
    )
    return graphene.Field(lambda: NODES["Job"], resolver=resolve, description=words)

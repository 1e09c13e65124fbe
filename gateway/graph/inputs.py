"""Inputs: the arguments of a query and the input of a command, made from the form that the service reads."""

from __future__ import annotations

import inspect
from enum import StrEnum
from functools import cache
from itertools import count
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from marshmallow import fields

from contracts.documents import fault
from contracts.forms import Input
from contracts.text_field import Text
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.names import camel, snake
from gateway.graph.points import Points
from gateway.graph.relay import local_id
from gateway.graph.times import Date, DateTime
from gateway.rpc import Refused

Form = type[Input]

_SCALARS: dict[type[fields.Field[Any]], Any] = {
    fields.String: graphene.String,
    Text: graphene.String,
    fields.Integer: graphene.Int,
    fields.Boolean: graphene.Boolean,
    fields.Date: Date,
    fields.AwareDateTime: DateTime,
    fields.Dict: Document,
}


def call_of(form: Form) -> tuple[str, str]:
    """Service and method that read a form: contracts/<service>/… and the form's name."""
    return form.__module__.split(".")[1], snake(form.__name__)


def says(form: Form) -> str:
    """What a call does, as its form says."""
    return inspect.cleandoc(form.__doc__ or "")


@cache
def fields_of(form: Form) -> dict[str, fields.Field[Any]]:
    return dict(form().fields)


@cache
def input_type(form: Form) -> type[graphene.InputObjectType]:
    """The input object of a form within a form."""
    return _input_type(form, says(form))


def command_input(form: Form) -> type[graphene.InputObjectType]:
    """The one input of a command: its form, and the idempotency key that every command takes."""
    says_key = "1 to 200 printable characters. For a day, the same key gives the same person the first answer again."
    key = graphene.String(description=says_key)
    return _input_type(form, f"What `{camel(call_of(form)[1])}` takes.", idempotency_key=key)


def arguments_of(form: Form) -> dict[str, Any]:
    """The arguments of a query; one that takes the id of a node is named for the node: `alliance` for `alliance_id`."""
    shown = {name: field for name, field in fields_of(form).items() if name not in form.unshown}
    return {_argument(name, field): _mounted(form, name, graphene.Argument) for name, field in shown.items()}


async def ask(info: GraphQLResolveInfo, form: Form, given: dict[str, Any]) -> Any:
    """What the service of a query answers to these arguments of the graph."""
    service, method = call_of(form)
    return await info.context.rpc.query(service, method, **taken(form, given))


def taken(form: Form, given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the graph as the service takes them. Raises Refused for the id of another type."""
    names = {_argument(name, field): name for name, field in fields_of(form).items()}
    return {names[name]: _plain_value(fields_of(form)[names[name]], each, camel(name)) for name, each in given.items()}


def plain(form: Form, given: dict[str, Any], path: str = "") -> dict[str, Any]:
    """An input as the service takes it: plain ids for global ones. Raises Refused for the id of another type."""
    steps = {name: f"{path}.{camel(name)}".lstrip(".") for name in given}
    return {name: _plain_value(fields_of(form)[name], value, steps[name]) for name, value in given.items()}


def _plain_value(field: fields.Field[Any], value: Any, path: str) -> Any:
    if value is None:
        return None
    if isinstance(field, fields.List):
        inner: fields.Field[Any] = field.inner
        steps = (f"{path}.{place}" if isinstance(inner, fields.Nested) else path for place in count())
        return [_plain_value(inner, each, step) for each, step in zip(value, steps, strict=False)]
    if isinstance(field, fields.Nested):
        return plain(form_within(field), value, path)
    if isinstance(field, fields.Dict) and (found := fault(value, path)):
        raise Refused([found])  # it could not even be sent
    node = field.metadata.get("node")
    return local_id(node, value, path) if node else value


def _input_type(form: Form, description: str, **more: Any) -> type[graphene.InputObjectType]:
    shown = {name: _mounted(form, name, graphene.InputField) for name in fields_of(form)}
    return type(f"{form.__name__}Input", (graphene.InputObjectType,), {**shown, **more, "__doc__": description})


def _mounted(form: Form, name: str, mount: Any) -> Any:
    """A field of a form as an argument or as a field of an input."""
    field = fields_of(form)[name]
    return mount(_type_of(field), required=field.required, description=_description(form, name, field))


def _type_of(field: fields.Field[Any]) -> Any:
    if isinstance(field, fields.List):
        return graphene.List(graphene.NonNull(_type_of(field.inner)))
    if isinstance(field, fields.Nested):
        return input_type(form_within(field))
    if isinstance(field, fields.Enum):
        choices: type[StrEnum] = field.enum
        return enum(choices)
    if field.metadata.get("decimal"):
        return Points
    return graphene.ID if field.metadata.get("node") else _SCALARS[type(field)]


def _description(form: Form, name: str, field: fields.Field[Any]) -> str | None:
    others = [camel(other) for group in form.either if name in group for other in group if other != name]
    choice = f"Give either this or `{'` or `'.join(others)}`." if others else ""
    return " ".join(filter(None, (field.metadata.get("says"), choice, field.metadata.get("bounds")))).strip() or None


def _argument(name: str, field: fields.Field[Any]) -> str:
    return name.removesuffix("_id") if field.metadata.get("node") else name


def form_within(field: fields.Nested) -> Form:
    within: Form = field.nested  # type: ignore[assignment]  # contracts.forms.nested takes nothing else
    return within

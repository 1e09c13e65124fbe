"""Relay: opaque ids, connections and commands by the Relay server specification, once for the whole schema."""

from __future__ import annotations

import base64
import binascii
from functools import cache
from itertools import count
from typing import Any

import graphene
from graphene.types.structures import Structure
from graphene.types.unmountedtype import UnmountedType
from graphql import GraphQLResolveInfo

from contracts.ids import is_id
from contracts.refusals import Invalid, NotFound
from gateway.graph.loading import ByIdLoader, by_id
from gateway.graph.names import camel, snake
from gateway.problems import Problem, refused_answer
from gateway.rpc import Refused

LOADERS: dict[str, type[ByIdLoader]] = {}
"""How `node` finds a thing of each type."""
NODES: dict[str, type[NodeType]] = {}
"""Every type of node by its name, so that families of the graph refer to each other without an import."""


def to_global_id(type_name: str, id_: str) -> str:
    return base64.urlsafe_b64encode(f"{type_name}:{id_}".encode()).decode()


def from_global_id(global_id: str) -> tuple[str, str]:
    """Type name and id; raises ValueError for what is no id of ours."""
    try:
        type_name, _, id_ = base64.urlsafe_b64decode(global_id.encode("ascii")).decode().partition(":")
    except (UnicodeError, binascii.Error) as error:
        raise ValueError(global_id) from error
    if not is_id(id_):
        raise ValueError(global_id)
    return type_name, id_


class Node(graphene.Interface):
    """Something with an id that is unique in the whole hub."""

    id = graphene.ID(required=True, description="Its id, which `node` takes.")

    @classmethod
    def resolve_type(cls, instance: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return str(instance["__typename"])


class NodeType(graphene.ObjectType):
    """The base of the types that `node` can find: `class Plan(NodeType, loads="plans_by_id")` names the method of the
    service, which takes `ids`."""

    class Meta:
        abstract = True

    def __init_subclass__(cls, *, loads: str | None = None, **options: Any) -> None:
        super().__init_subclass__(loads=loads, **options)

    @classmethod
    def __init_subclass_with_meta__(
        cls, *, loads: str | None = None, loader: type[ByIdLoader] | None = None, **options: Any
    ) -> None:
        super().__init_subclass_with_meta__(interfaces=(Node,), **options)
        assert cls._meta.name not in NODES, cls._meta.name
        NODES[cls._meta.name] = cls
        if loads:
            LOADERS[cls._meta.name] = by_id(cls.__module__.split(".")[2], loads)
        elif loader:
            LOADERS[cls._meta.name] = loader

    def resolve_id(self: Any, info: GraphQLResolveInfo) -> str:
        return to_global_id(info.parent_type.name, self["id"])


def global_id(node: str, description: str, *, by: str | None = None, required: bool = True) -> graphene.Field:
    """A field that shows the id, under its own name or `by`, of something that is shown nowhere by itself."""

    def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> str | None:
        id_ = parent.get(by or snake(info.field_name))
        return to_global_id(node, id_) if id_ else None

    return graphene.Field(graphene.ID, required=required, resolver=resolve, description=description)


async def load_node(
    info: GraphQLResolveInfo, global_id: str, only: type[NodeType] | None = None
) -> dict[str, Any] | None:
    """The thing with this id (of one type `only`), or None where there is none or the viewer may not know of it."""
    try:
        type_name, id_ = from_global_id(global_id)
        loader = LOADERS[type_name]
    except (ValueError, KeyError):
        return None
    if only and only._meta.name != type_name:
        return None
    found = await info.context.loader(loader).load(id_)
    return found and {**found, "__typename": type_name}


class PageInfo(graphene.ObjectType):
    """Where a page stands in its list (Relay cursor connections)."""

    has_next_page = graphene.Boolean(required=True, description="Whether more follow.")
    has_previous_page = graphene.Boolean(required=True, description="Whether the page began behind a cursor.")
    start_cursor = graphene.String(description="The cursor of the first thing on the page.")
    end_cursor = graphene.String(description="The cursor of the last thing on the page; `after` takes it.")


def named(kind: Any) -> Any:
    """A type that is given by itself, or a type of node by its name."""
    return NODES[kind] if isinstance(kind, str) else kind


@cache
def connection(node: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    """The connection type of a node type: edges and, for the many who need no cursor, nodes."""
    name = node._meta.name
    edge_fields = {
        "node": graphene.Field(node, required=True, description=f"The {name}."),
        "cursor": graphene.String(required=True, description="Its place: `after` takes it, to go on behind it."),
        "__doc__": f"One {name} in a list, with its place.",
    }
    edge = type(f"{name}Edge", (graphene.ObjectType,), edge_fields)
    fields = {
        "edges": graphene.List(
            graphene.NonNull(edge), required=True, description=f"Each {name} of the page with its cursor."
        ),
        "nodes": graphene.List(graphene.NonNull(node), required=True, description=f"Each {name} of the page."),
        "page_info": graphene.Field(PageInfo, required=True, description="Where the page stands in its list."),
        "__doc__": f"A page of a list of {name}.",
    }
    return type(f"{name}Connection", (graphene.ObjectType,), fields)


def page_arguments() -> dict[str, Any]:
    """`first` (at most 100) and `after`: what every list takes."""
    return {"first": graphene.Int(), "after": graphene.String()}


def to_connection(page: dict[str, Any], after: str | None = None) -> dict[str, Any]:
    """A page from a service as its connection."""
    nodes, cursors = page["nodes"], page["cursors"]
    return {
        "edges": [{"node": node, "cursor": cursor} for node, cursor in zip(nodes, cursors, strict=True)],
        "nodes": nodes,
        "page_info": {
            "has_next_page": page["has_next"],
            "has_previous_page": after is not None,
            "start_cursor": cursors[0] if cursors else None,
            "end_cursor": cursors[-1] if cursors else None,
        },
    }


def id_in_address(type_name: str, global_id: str) -> str:
    """The plain id that stands in the address of a page; raises NotFound for one of another type or none at all."""
    try:
        found, id_ = from_global_id(global_id)
    except ValueError:
        raise NotFound("id") from None
    if found != type_name:
        raise NotFound("id")
    return id_


def node_id(type_name: str, **options: Any) -> graphene.ID:
    """An input that takes the id of a node of one type; the service sees the plain id."""
    return _refers_to(type_name, graphene.ID(**options))


def node_ids(type_name: str, **options: Any) -> graphene.List:
    """An input that takes the ids of nodes of one type."""
    return _refers_to(type_name, graphene.List(graphene.NonNull(graphene.ID), **options))


def _refers_to(type_name: str, field: Any) -> Any:
    field.refers_to = type_name
    return field


def local_id(type_name: str, global_id: str, field: str) -> str:
    """The plain id; refuses with InvalidInput an id of another type or none at all."""
    try:
        found, id_ = from_global_id(global_id)
    except ValueError:
        found, id_ = "", ""
    if found != type_name:
        raise Refused([Invalid(field)])
    return id_


def job_field() -> graphene.Field:
    """In the payload of a command that may take long: the job as which it goes on."""

    async def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        id_ = parent.get("job_id")
        return await info.context.loader(LOADERS["Job"]).load(id_) if id_ else None

    words = "The job as which the work goes on, where the problem is STILL_RUNNING; the same idempotency key asks for its end."
    return graphene.Field(lambda: NODES["Job"], resolver=resolve, description=words)


class Command(graphene.ObjectType):
    """A mutation: one input, one payload with `problems`, one call to the service method of the same name.

    A subclass gives `class Input`, the payload's fields, and in Meta the `service` and, where the answer of the service
    is one thing, the name of the field that shows it (`result`); `long` where it may go on as a job.
    """

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, *, service: str, result: str | None = None, long: bool = False, **options: Any
    ) -> None:
        name = cls.__name__
        if long:
            cls.job = job_field()
        inputs = _fields(cls.Input)
        inputs["idempotency_key"] = graphene.String(description="The same key gives the first answer again, for a day.")
        form = type(f"{name}Input", (graphene.InputObjectType,), {**inputs, "__doc__": f"What {name} needs."})
        cls.problems = graphene.List(
            graphene.NonNull(Problem), required=True, description="Why nothing was done; empty where all went well."
        )
        super().__init_subclass_with_meta__(name=f"{name}Payload", **options)
        cls._references = _references(cls.Input)
        cls._call = (service, snake(name), result)
        cls._form = form

    @classmethod
    def Field(cls) -> graphene.Field:  # noqa: N802 - as graphene's own mutations have it
        return graphene.Field(
            graphene.NonNull(cls),
            input=graphene.Argument(cls._form, required=True, description="What it takes."),
            resolver=cls._resolve,
            description=cls._meta.description,
        )

    @classmethod
    async def _resolve(cls, _root: Any, info: GraphQLResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
        service, method, result = cls._call
        arguments = dict(input)
        key = arguments.pop("idempotency_key", None)
        try:
            answer = await info.context.command(service, method, _plain(arguments, cls._references), key)
        except Refused as refused:
            return refused_answer(refused, info.context.locale)
        return {**({result: answer} if result else answer), "problems": []}


References = dict[str, "str | References"]
"""Which inputs take the id of a node of which type, and which hold such inputs within."""


def _fields(form: type) -> dict[str, Any]:
    """What a class of inputs declares, with what it inherits."""
    declared = [vars(each) for each in reversed(form.__mro__) if each.__module__.startswith("gateway.")]
    return {key: value for each in declared for key, value in each.items() if not key.startswith("_")}


def _references(form: type) -> References:
    found: References = {}
    for name, field in _fields(form).items():
        within = _form_within(field)
        inner = getattr(field, "refers_to", None) or (within and _references(within))
        if inner:
            found[name] = inner
    return found


def _form_within(field: Any) -> type | None:
    """The input type that a field or a list holds, if it holds one."""
    held = field.get_type() if isinstance(field, UnmountedType) else field
    while isinstance(held, Structure):
        held = held.of_type
    is_form = isinstance(held, type) and issubclass(held, graphene.InputObjectType)
    return held if is_form else None


def _plain(value: Any, refers_to: str | References, path: str = "") -> Any:
    """The arguments as the service takes them: plain ids for global ones."""
    if isinstance(value, list):
        steps = (path if isinstance(refers_to, str) else f"{path}.{place}" for place in count())
        return [_plain(each, refers_to, step) for each, step in zip(value, steps, strict=False)]
    if value is None:
        return None
    if isinstance(refers_to, str):
        return local_id(refers_to, value, path)
    plain = dict(value)
    for name, inner in refers_to.items():
        if name in plain:
            plain[name] = _plain(plain[name], inner, ".".join(filter(None, (path, camel(name)))))
    return plain

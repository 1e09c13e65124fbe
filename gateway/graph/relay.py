"""Relay: opaque ids, nodes and connections by the Relay server specification, once for the whole schema."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import cache
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.browsing import MOST_COUNTED
from contracts.ids import is_id
from contracts.refusals import NotFound, OfAnotherType
from gateway.executing.reading import Reading
from gateway.graph.loading import ByIdLoader, by_id
from gateway.protocol.calling import counts
from gateway.rpc import Refused

LOADERS: dict[str, type[ByIdLoader]] = {}
"""How `node` finds a thing of each type."""
NODES: dict[str, type[NodeType]] = {}
"""Every type of node by its name, so that families of the graph refer to each other without an import."""


def to_global_id(type_name: str, id_: str) -> str:
    """The id of a thing in the whole hub: its type and its id in base64, in the alphabet for addresses (RFC 4648)."""
    return base64.urlsafe_b64encode(f"{type_name}:{id_}".encode()).decode()


def global_id_of(type_name: str) -> Callable[[str], str | None]:
    """Makes the global id of each thing of this type; of no id, none."""
    before, as_base64, in_addresses = f"{type_name}:", binascii.b2a_base64, bytes.maketrans(b"+/", b"-_")

    def made(id_: str) -> str | None:
        """As `to_global_id`, for page after page."""
        text = as_base64((before + id_).encode(), newline=False) if id_ else b""
        return text.translate(in_addresses).decode() or None

    return made


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

    id = graphene.ID(required=True, description="Its id, for `node`.")

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
        cls.resolve_id = Reading(global_id_of(options.get("name") or cls.__name__))
        super().__init_subclass_with_meta__(interfaces=(Node,), **options)
        assert cls._meta.name not in NODES, cls._meta.name
        NODES[cls._meta.name] = cls
        if loads:
            LOADERS[cls._meta.name] = by_id(cls.__module__.split(".")[2], loads)
        elif loader:
            LOADERS[cls._meta.name] = loader


def global_id(node: str, description: str, *, by: str | None = None, required: bool = True) -> graphene.Field:
    """A field that shows the id, under its own name or `by`, of something that is shown nowhere by itself."""

    shown = Reading(global_id_of(node), key=by)
    return graphene.Field(graphene.ID, required=required, resolver=shown, description=description)


def global_ids(node: str, description: str, *, required: bool = False) -> graphene.Field:
    """As `global_id`, for a field that shows several."""
    shown = global_id_of(node)
    ids = graphene.List(graphene.NonNull(graphene.ID))
    several = Reading(lambda local_ids: [shown(id_) for id_ in local_ids])
    return graphene.Field(ids, required=required, resolver=several, description=description)


async def load_node(
    info: GraphQLResolveInfo, global_id: str, only: type[NodeType] | None = None
) -> dict[str, Any] | None:
    """The thing with this id, or None where there is none or the viewer may not know of it.

    Of one type `only`, it refuses with OfAnotherType the id of another.
    """
    if only:
        local_id(only._meta.name, global_id, "id")
    try:
        type_name, id_ = from_global_id(global_id)
        loader = LOADERS[type_name]
    except (ValueError, KeyError):
        return None
    found = await info.context.loader(loader).load(id_)
    return found and {**found, "__typename": type_name}


class PageInfo(graphene.ObjectType):
    """Where a page is in its list (Relay cursor connections)."""

    has_next_page = graphene.Boolean(
        required=True, description="Whether there are more items; of a page before a cursor, that is taken for granted."
    )
    has_previous_page = graphene.Boolean(
        required=True,
        description="Whether there are items before; of a page after a cursor, that is taken for granted.",
    )
    start_cursor = graphene.String(
        description="The cursor of the first item on the page: pass it as `before` for the page before."
    )
    end_cursor = graphene.String(
        description="The cursor of the last item on the page: pass it as `after` for the next page."
    )


def named(kind: Any) -> Any:
    """A type that is given by itself, or a type of node by its name."""
    return NODES[kind] if isinstance(kind, str) else kind


@cache
def connection(node: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    """The connection type of a node type: edges and, for the many who need no cursor, nodes."""
    name = node._meta.name
    edge_fields = {
        "node": graphene.Field(node, required=True, description=f"The {name}."),
        "cursor": graphene.String(required=True, description="Its cursor: pass it as `after` to continue from here."),
        "__doc__": f"One {name} in a list, with its place.",
    }
    edge = type(f"{name}Edge", (graphene.ObjectType,), edge_fields)
    edges = graphene.List(graphene.NonNull(edge))
    fields = {
        "edges": graphene.Field(
            edges, required=True, resolver=_edges, description=f"Each {name} of the page with its cursor."
        ),
        "nodes": graphene.List(graphene.NonNull(node), required=True, description=f"Each {name} of the page."),
        "page_info": graphene.Field(
            PageInfo, required=True, resolver=_page_info, description="Where the page is in its list."
        ),
        "incidents": graphene.List(
            graphene.NonNull(graphene.String),
            required=True,
            default_value=(),
            description="A number for each item of the page that cannot be shown; the hub office finds out why by it.",
        ),
        "total_count": graphene.Int(
            resolver=_total_count,
            description=f"How many items the whole list has, which is counted up to {MOST_COUNTED:,} and only if asked for.",
        ),
        "total_count_is_exact": graphene.Boolean(
            resolver=_total_is_exact,
            description="Whether the list has just so many items as `totalCount` says; else it has more.",
        ),
        "__doc__": f"A page of a list of {name}.",
    }
    return type(f"{name}Connection", (graphene.ObjectType,), fields)


@counts
async def _total_count(page: dict[str, Any], info: GraphQLResolveInfo) -> int | None:
    counted = await _counted(page, info)
    return counted["total"] if counted else None


@counts
async def _total_is_exact(page: dict[str, Any], info: GraphQLResolveInfo) -> bool | None:
    counted = await _counted(page, info)
    return not counted["more"] if counted else None


async def _counted(page: dict[str, Any], info: GraphQLResolveInfo) -> dict[str, Any] | None:
    asked = page["asked"]
    found: dict[str, Any] | None = asked.counts and await info.context.loader(asked.counts).load(asked.whole)
    return found


def _edges(page: dict[str, Any], _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
    return [{"node": node, "cursor": cursor} for node, cursor in zip(page["nodes"], page["cursors"], strict=True)]


def _page_info(page: dict[str, Any], _info: GraphQLResolveInfo) -> dict[str, Any]:
    cursors = page["cursors"]
    return {
        "has_next_page": page["has_next"],
        "has_previous_page": page.get("has_previous", page["asked"].after is not None),
        "start_cursor": cursors[0] if cursors else None,
        "end_cursor": page.get("end") or (cursors[-1] if cursors else None),
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


def local_id(type_name: str, global_id: str, field: str) -> str:
    """The plain id; refuses with OfAnotherType, which names the type that is wanted, one of another or none at all."""
    try:
        found, id_ = from_global_id(global_id)
    except ValueError:
        found, id_ = "", ""
    if found != type_name:
        raise Refused([OfAnotherType(field, wanted=type_name)])
    return id_

"""Limits: how large a GraphQL document may be, measured in one linear walk before anything costly looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
)

from gateway.protocol.faults import Fault

Owner = OperationDefinitionNode | FragmentDefinitionNode | InlineFragmentNode | FieldNode

INTROSPECTION = ("__schema", "__type")
MOST_COUNTED = 2**31 - 1  # fragments can multiply a count beyond what JSON holds
DEEPEST_NESTING = 64  # fields, spreads and inline fragments within one another; keeps the walk off Python's own limit


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest document that is answered; the counts below `operations` are taken with every fragment written out.

    `characters`, `tokens` and `comments` bound the text, `comparisons` the work of graphql-core's quadratic rule,
    `cost` the number of fields in the answer, estimated with `page` entries for a connection that names no page size
    and `entries` for a plain list, where a field that asks a service counts as `call`, one that has a list counted as `count`
    and a mutation as `command`; `cached` is the number of documents that are remembered, `remembered` that of their characters
    together (each takes up to 120 bytes), `variants` how often one operation is compiled: for each language and what its
    directives' variables say; `persisted` and `persisted_characters`
    bound the documents that clients may name by their hash.
    """

    characters: int = 20_000
    tokens: int = 1_000
    comments: int = 100
    operations: int = 20
    depth: int = 12
    fields: int = 500
    root_fields: int = 10
    aliases: int = 30
    directives: int = 20
    introspections: int = 2
    comparisons: int = 10_000
    errors: int = 5
    cost: int = 10_000
    call: int = 5
    count: int = 25
    command: int = 50
    page: int = 20
    entries: int = 5
    cached: int = 256
    remembered: int = 250_000
    variants: int = 8
    persisted: int = 1_000
    persisted_characters: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a selection asks for, its fragments written out; introspection has a depth rule of its own."""

    depth: int = 0
    fields: int = 0
    root_fields: int = 0
    aliases: int = 0
    directives: int = 0
    introspections: int = 0


def check_size(document: DocumentNode, limits: Limits) -> None:
    """Raises Fault (QUERY_TOO_LARGE or FRAGMENT_CYCLE) for the first limit that the document passes."""
    survey = _Survey(document, limits)
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    extents = [survey.within(each) for each in operations]
    unused = [survey.written_out(name) for name in survey.fragments]
    _check("operations", len(operations), limits.operations)
    _check("fields", sum(each.fields for each in extents), limits.fields)
    for name in ("depth", "fields", "aliases", "directives", "introspections"):
        _check(name, max((getattr(each, name) for each in extents + unused), default=0), getattr(limits, name))
    _check("root_fields", max((each.root_fields for each in extents), default=0), limits.root_fields)


def _check(limit: str, found: int, allowed: int) -> None:
    if found > allowed:
        raise Fault("QUERY_TOO_LARGE", limit=limit, found=min(found, MOST_COUNTED), allowed=allowed)


class _Survey:
    """The walk: each fragment is measured once, however often it is spread."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        definitions = (each for each in document.definitions if isinstance(each, FragmentDefinitionNode))
        self.fragments = {each.name.value: each for each in definitions}
        self._limits = limits
        self._measured: dict[str, Extent] = {}
        self._open: list[str] = []
        self._nesting = 0

    def within(self, owner: Owner) -> Extent:
        if owner.selection_set is None:
            return Extent(directives=len(owner.directives))
        self._nesting += 1
        if self._nesting > DEEPEST_NESTING:
            raise Fault("QUERY_TOO_LARGE", limit="depth", found=self._nesting, allowed=self._limits.depth)
        inside = _sum(self._selection(each) for each in owner.selection_set.selections)
        self._nesting -= 1
        return _sum((inside, Extent(directives=len(owner.directives))))

    def written_out(self, fragment: str) -> Extent:
        if fragment in self._open:
            raise Fault("FRAGMENT_CYCLE", fragment=fragment)
        if fragment not in self._measured:
            self._open.append(fragment)
            definition = self.fragments[fragment]
            extent = self.within(definition)
            introspects = definition.type_condition.name.value.startswith("__")
            self._measured[fragment] = replace(extent, depth=0) if introspects else extent
            self._open.pop()
        return self._measured[fragment]

    def _selection(self, node: SelectionNode) -> Extent:
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, InlineFragmentNode):
            return self.within(node)
        assert isinstance(node, FragmentSpreadNode)
        known = node.name.value in self.fragments  # an unknown one is for the validation to name
        spread = self.written_out(node.name.value) if known else Extent()
        return _sum((spread, Extent(directives=len(node.directives))))

    def _field(self, node: FieldNode) -> Extent:
        inside = self.within(node)
        introspects = node.name.value in INTROSPECTION
        return Extent(
            depth=1 if introspects else inside.depth + 1,
            fields=inside.fields + 1,
            root_fields=1,
            aliases=inside.aliases + (node.alias is not None),
            directives=inside.directives,
            introspections=inside.introspections + introspects,
        )


def _sum(extents: Iterable[Extent]) -> Extent:
    """The extent of selections that stand beside one another."""
    depth = fields = root_fields = aliases = directives = introspections = 0
    for each in extents:
        depth = max(depth, each.depth)
        fields += each.fields
        root_fields += each.root_fields
        aliases += each.aliases
        directives += each.directives
        introspections += each.introspections
    return Extent(depth, fields, root_fields, aliases, directives, introspections)

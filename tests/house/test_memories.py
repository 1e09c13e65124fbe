"""Whatever a process remembers from one request to the next is listed here with its bound: no stranger makes it grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.sources import ROOT, name, sources, tree

CACHES = {"cache", "lru_cache"}
CONTAINERS = {"Counter", "OrderedDict", "Remembered", "defaultdict", "deque", "dict", "list", "set"}
LASTING = ("console", "gateway", "hub", "kit")
"""Where objects live as long as the process; those of services and procedures live as long as one call."""

BY_THE_CODE = {
    "console/screen.py self._addresses": "addresses of a screen",
    "contracts/base.py _texts": "each kind of message",
    "contracts/base.py schema": "each kind of message",
    "gateway/certificates/sheet.py self._families": "fonts of one page, FontSettings",
    "gateway/executing/leaves.py known": "each enum",
    "gateway/graph/composition.py self._brought": "names of the graph",
    "gateway/graph/enums.py enum": "each enum",
    "gateway/graph/inputs.py fields_of": "each form",
    "gateway/graph/inputs.py input_type": "each form",
    "gateway/graph/loading.py by_id": "methods of services",
    "gateway/graph/loading.py by_question": "methods of services",
    "gateway/graph/loading.py by_whole": "methods of services",
    "gateway/graph/loading.py first_by_whole": "methods of services",
    "gateway/metrics.py EXECUTIONS": "compiled, and the reasons why not",
    "gateway/graph/loading.py numbers_by_whole": "methods of services",
    "gateway/graph/names.py snake": "names of the graph",
    "gateway/graph/outcomes.py outcome": "each type of node that is done much about",
    "gateway/graph/relay.py LOADERS": "each type of node",
    "gateway/graph/relay.py NODES": "each type of node",
    "gateway/graph/relay.py connection": "each type of node",
    "gateway/protocol/graphiql.py _html": "two languages",
    "kit/broker/consumer.py self.handlers": "handlers of a service",
    "kit/broker/consumer.py self.methods": "methods of a service",
    "kit/broker/consumer.py self._consuming": "queues of a service",
    "kit/broker/embedded_broker.py self._overhearing": "gateways of the process",
    "kit/broker/embedded_broker.py self._queues": "handlers",
    "kit/broker/embedded_broker.py self._services": "services",
    "gateway/amqp_wire.py self._overhearing": "what the gateway hears",
    "gateway/shedding.py self._lines": "methods of services",
    "hub/demo/load.py self._ids": "rows of the demo's files",
    "hub/web/metrics.py REFUSED": "refusals of the server",
    "kit/clock.py self._wakes": "pumps",
    "kit/data/db.py self.wakes": "pumps, of one transaction",
    "kit/data/db.py self._put": "rows of one transaction, until its next flush",
    "kit/data/listener.py self._untold": "pumps",
    "kit/data/many.py _by_one": "tables",
    "kit/data/wakeups.py self._wakes": "pumps",
    "kit/files/store_s3.py self._parts": "parts of one upload, which its size bounds",
    "kit/files/stores.py _opened": "settings",
    "kit/fonts/letters.py _opened": "fonts, FontSettings",
    "kit/own_secret.py own_secret": "names of secrets",
    "kit/process/gauges.py self._seen": "gauges",
    "kit/process/migrate.py _scripts": "services",
    "kit/process/runtime.py self._pumps": "pumps",
    "kit/process/runtime.py self.methods": "methods of a service",
    "kit/broker/topology.py arguments": "what one queue is declared with",
    "kit/telemetry/metrics.py CALLS_REFUSED": "reasons of signing",
    "kit/telemetry/metrics.py MESSAGES_REFUSED": "handlers and reasons of admission",
    "kit/telemetry/metrics.py PUMP_FAILURES": "pumps",
    "kit/telemetry/metrics.py ROWS_FAILED": "kinds of rows",
    "kit/telemetry/metrics.py SENT": "types of messages",
    "kit/telemetry/metrics.py SPANS_LOST": "no label",
    "kit/work/jobs.py thoughts": "JOBS",
    "kit/work/tidying.py self._forgetting": "tables of the kit",
    "procedures/search/indexing.py _writing": "tables of fragments",
    "services/notify/delivery/email.py _from": "the address of the sender, a setting",
    "services/notify/delivery/email.py host_of": "the address of the sender, a setting",
    "services/notify/telling/wording.py wordings": "files of wordings",
}
"""Keyed by what the code names."""

BY_WHAT_RUNS = {
    "console/forms.py self._by_field": "problems of one form",
    "console/oidc/renewing.py self._asked": "sessions that were renewed within KEPT seconds; keys are digests",
    "gateway/presence.py self._asking": "services that were asked of, until the broker says",
    "gateway/presence.py self._known": "services that there are",
    "gateway/presence.py self._line": "services that were asked of, until the broker says",
    "kit/wire/agreed_keys.py self._made": "services with which keys are agreed",
    "kit/wire/agreed_keys.py self._known": "offers that gateways have signed, until they end: one in ten minutes of each",
    "kit/wire/signing.py self._known": "calls that a gateway has signed, until their deadlines, LONGEST_LIFE",
    "gateway/amqp_wire.py self._waiting": "calls that wait for an answer, which all have a deadline",
    "gateway/context.py _loaders": "kinds of loaders, of one operation",
    "gateway/live.py self._listeners": "subscriptions that are open, of sockets, HUB_CONNECTIONS",
    "gateway/live.py self._watchers": "subscriptions that are open, of sockets, HUB_CONNECTIONS",
    "gateway/live.py self._watching": "people who watch something, of sockets, HUB_CONNECTIONS",
    "gateway/executing/fields.py self.names": "variables of one document",
    "gateway/executing/run.py self._begun": "fields of one answer, which its cost bounds",
    "gateway/executing/run.py self._data": "fields of one answer",
    "gateway/executing/run.py self._nulled": "errors of one answer",
    "gateway/executing/run.py self._prepared": "fields of one document",
    "gateway/executing/run.py self._waiting": "fields of one answer",
    "gateway/executing/run.py self.made": "fields of one answer",
    "gateway/protocol/cost.py self._known": "fragments of one document",
    "gateway/protocol/limits.py self._measured": "fragments of one document",
    "gateway/protocol/limits.py self._open": "fragments of one document",
    "gateway/budgets/sharing.py self._spent": "operations of a quarter of a second; keys are digests",
    "gateway/protocol/operations.py headers": "headers of one answer",
    "gateway/protocol/shared.py self._worked": "subscriptions that are open, of one event",
    "gateway/protocol/socket_session.py self._running": "operations of one socket, SocketLimits.operations",
    "gateway/sign_in/ended_sessions.py self._ended": "people whose sessions were ended within HUB_TOKEN_LONGEST_AGE; digests",
    "gateway/sign_in/ended_sessions.py self._open": "sockets that are open, HUB_CONNECTIONS; keys are digests",
    "kit/calls/gathering.py self._waiting": "calls that gather, HUB_TOGETHER in their lane",
    "kit/calls/group.py arguments": "arguments of one call",
    "kit/calls/group.py asked": "rights that are asked for one call",
    "kit/data/db.py self.asked": "rights that are asked in one transaction",
    "kit/data/db.py self.steps": "steps of one transaction",
    "kit/data/db.py self.traces": "kinds of what one reading is seen by",
    "gateway/rpc.py _tasks": "calls of one operation",
    "gateway/rpc.py _waiting": "services, of one operation",
    "gateway/transfers/places.py self._taken": "requests and transfers that run: HUB_REQUESTS, HUB_UPLOADS, HUB_DOWNLOADS",
    "kit/broker/coming.py self._taken": "messages that are handled together, HUB_MESSAGE_BATCH",
    "kit/broker/coming.py self._waiting": "messages of a handler that are not acked, HUB_PREFETCH",
    "kit/messages/inbox.py spans": "messages that are handled together, HUB_MESSAGE_BATCH",
    "kit/broker/embedded_broker.py self._waiting": "messages on their way within the process, which are rows too",
    "kit/broker/publisher.py self._unconfirmed": "messages of one batch",
    "kit/work/apart.py _idle": "processes for jobs, HUB_JOB_LANES",
}
"""Forgotten when something ends that is itself bounded."""

BY_FIGURES = {
    "kit/data/many.py _from_json": "statements, REMEMBERED",
    "gateway/budgets/buckets.py self._touched": "entries, HUB_BUDGETS_KEPT; keys are digests",
    "gateway/calendar/routes.py self._write": "entries and bytes",
    "gateway/certificates/routes.py self._print": "entries; certificates that exist",
    "gateway/executing/compiler.py self._known": "fields of one document, and for an interface so many of each type",
    "gateway/executing/plans.py self._known": "plans of one operation, Limits.variants",
    "gateway/protocol/documents.py self._remembered": "entries and characters",
    "gateway/protocol/media.py _negotiated": "entries and characters",
    "gateway/protocol/media.py best_offer": "entries and characters",
    "gateway/protocol/persisted.py self._held": "holders of what is kept",
    "gateway/protocol/persisted.py self._kept": "entries and characters, HUB_PERSISTED_QUERIES",
    "gateway/remembered.py self._known": "entries and length, as each use says",
    "gateway/sign_in/issuer_keys.py self._keys": "one document of an issuer, of a bounded size",
    "gateway/sign_in/oidc.py self._keys": "the same",
    "gateway/sign_in/verified_tokens.py self._identities": "entries, by digest; signed tokens of a bounded length",
    "procedures/search/readings.py readings": "characters, _REMEMBERED",
    "services/events/editions/rulesets/reading.py _read": "entries; versions that exist",
}
"""Forgets by itself what is too much."""


def test_every_memory_is_listed_with_its_bound() -> None:
    found = {
        f"{name(path)} {memory}" for path in sources() for memory in memories(path.relative_to(ROOT).parts, tree(path))
    }

    assert sorted(found) == sorted(BY_THE_CODE | BY_WHAT_RUNS | BY_FIGURES)


def test_a_memory_is_seen_however_it_is_written() -> None:
    code = """
ALL: dict[str, int] = {}
FEW = lru_cache(3)(work)
@lru_cache(maxsize=None)
def known(header): ...
@cache
def constant(): ...
@dataclass
class Holder:
    held: list[str] = field(default_factory=list)
    def __init__(self):
        self.counted = Counter()
        self.words = {"a": 1}
"""

    assert sorted(memories(("gateway",), ast.parse(code))) == ["ALL", "FEW", "held", "known", "self.counted"]


def memories(parts: tuple[str, ...], module: ast.Module) -> Iterator[str]:
    """The names of what is remembered in a module: cached functions that take something, containers that start empty."""
    lasting = any(folder in parts for folder in LASTING)
    for node in ast.walk(module):
        if (
            isinstance(node, ast.FunctionDef)
            and node.args.args
            and {_called(each) for each in node.decorator_list} & CACHES
        ):
            yield node.name
        target = _target(node)
        if isinstance(target, ast.Attribute) and lasting:
            yield ast.unparse(target)
        elif isinstance(target, ast.Name) and (node in module.body or (lasting and _is_field(node))):
            yield target.id


def _target(node: ast.AST) -> ast.expr | None:
    """What is assigned to, where an empty container or a cache is."""
    if isinstance(node, ast.Assign):
        target, value = node.targets[0], node.value
    elif isinstance(node, ast.AnnAssign) and node.value:
        target, value = node.target, node.value
    else:
        return None
    empty = (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List) and not value.elts)
    made = isinstance(value, ast.Call) and _called(value) in CONTAINERS | CACHES
    return target if empty or made or _is_field(node) else None


def _is_field(node: ast.AST) -> bool:
    """Whether it is a field of a dataclass that starts as an empty container."""
    value = getattr(node, "value", None)
    if not isinstance(value, ast.Call) or _called(value) != "field":
        return False
    return any(isinstance(each.value, ast.Name) and each.value.id in CONTAINERS for each in value.keywords)


def _called(node: ast.AST) -> str:
    """The name of what is called, or called by what is called: `lru_cache(3)(work)` calls lru_cache."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")

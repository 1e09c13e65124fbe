"""The house keeps its shape: the same rooms with the same furniture, small files, small functions, names that say something."""

from __future__ import annotations

import ast
import re

from tests.house.sources import ROOT, functions, name, sources, tree

FAMILY_FILES = {"model.py", "commands.py", "queries.py", "schemas.py", "service.py"}
GRAPH_FILES = {"types.py", "queries.py", "mutations.py", "loaders.py", "subscriptions.py"}
BESIDES_IN_EVENTS = {  # ADR 0007: a section of the rule set, an algorithm by its noun, a command with a story of its own
    "awards": "giving honours prizes rules tables",
    "calendar": "concern items",
    "competitions": "planning repeating rules sections",
    "entries": (
        "admission batches closing eligibility erasure held importing person person_counts roster rules substitution"
    ),
    "exports": "cells entries fixtures results scores sight tables",
    "fixtures": (
        "clashes dealing filling groups hall holding lots pairings planning program progress recording rules "
        "scheduling scores standings telling timetable venues windows"
    ),
    "judges": "assigning assignment conflicts document draw drawing facts replacing reports rules",
    "objections": "panel standing",
    "quotas": "places reallocation returning rules shares",
    "rejudging": "changes difference following preview",
    "results": "advancement document evidence finishing rows rules sources verifying",
    "scoring": "calibration design ranking rules sensitivity sheets ties",
    "waiting": "moving policies prospects rules",
    "works": "assembling retention rules",
}
BESIDES = {  # a new kind of file needs a decision record in docs/adr/
    "services/notify/notices": {"rules.py", "audiences.py", "facts.py", "wording.py"},
    **{
        f"services/events/{family}": {f"{name}.py" for name in names.split()}
        for family, names in BESIDES_IN_EVENTS.items()
    },
    "services/notify/delivery": {"email.py"},
}
NAMELESS = {"utils", "helpers", "common", "manager", "processor", "misc", "base_service"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def test_every_family_has_the_same_file_names() -> None:
    strange = [
        name(path)
        for service in sorted((ROOT / "services").iterdir())
        for family in sorted(service.iterdir())
        if family.is_dir() and family.name not in {"migrations", "wording", "__pycache__"}
        for path in sorted(family.glob("*.py"))
        if path.name not in FAMILY_FILES | BESIDES.get(f"services/{service.name}/{family.name}", set())
    ]
    assert strange == []


def test_every_family_of_the_graph_has_the_same_file_names() -> None:
    strange = [name(path) for path in sorted((ROOT / "gateway/graph").glob("*/*/*.py")) if path.name not in GRAPH_FILES]
    assert strange == []


def test_no_file_is_called_by_what_it_is_not() -> None:
    assert [name(path) for path in sources() if path.stem in NAMELESS] == []


def test_every_module_opens_with_its_promise() -> None:
    silent = [name(path) for path in sources() if path.stat().st_size and not ast.get_docstring(tree(path))]
    assert silent == []


def test_files_stay_short() -> None:
    long = {name(path): len(path.read_text().splitlines()) for path in sources()}
    assert {path: lines for path, lines in long.items() if lines > LONGEST_FILE} == {}


def test_functions_stay_short() -> None:
    long = {
        f"{name(path)}:{function.name}": function.end_lineno - function.lineno + 1
        for path in sources()
        for function in functions(path)
        if name(path) != "kit/data/first_tables.py"  # a migration's list of columns
        and function.end_lineno
        and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_only_the_settings_read_the_environment() -> None:
    reading = re.compile(r"os\.environ|os\.getenv|\bgetenv\(")
    assert [name(path) for path in sources() if reading.search(path.read_text()) and path.name != "settings.py"] == []


def test_nothing_catches_everything_but_the_listed_edges() -> None:
    edges = {
        name(path)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    }
    assert edges == {
        "gateway/protocol/http.py",
        "gateway/protocol/socket_session.py",
        "hub/replay.py",
        "kit/broker/amqp.py",
        "kit/broker/embedded_broker.py",
        "kit/messages/inbox.py",
        "kit/work/pump.py",
        "kit/calls/rpc.py",
        "kit/work/timers.py",
        "kit/work/child.py",
        "kit/work/jobs.py",
    }

"""The house keeps its shape: the same rooms with the same furniture, small files, small functions, names that say something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT, functions, name, sources, tree

FAMILY_FILES = {
    "model.py",
    "commands.py",
    "queries.py",
    "schemas.py",
    "service.py",
    "rights.py",
    "settings.py",
    "dates.py",
}
GRAPH_FILES = {"types.py", "queries.py", "mutations.py", "loaders.py", "subscriptions.py"}
NAMELESS = {"utils", "helpers", "common", "manager", "processor", "misc", "base_service"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def files_of_families() -> Iterator[Path]:
    """Every file of a service but those at its root, which compose it."""
    for path in sources("services"):
        if len(path.relative_to(ROOT).parts) > 3:
            yield path


def test_every_file_of_a_family_is_one_of_the_usual_or_says_what_it_is_by_its_name() -> None:
    """A command or query with a story of its own is named by a gerund (`closing.py`); a noun (`ranking.py`, `honours.py`) is
    an algorithm or a document, which knows nothing of the database."""
    strange = [
        name(path)
        for path in files_of_families()
        if path.name not in FAMILY_FILES and not is_gerund(path.stem) and takes_a_session(path)
    ]
    assert strange == []


def is_gerund(stem: str) -> bool:
    return stem.partition("_")[0].endswith("ing")


def takes_a_session(path: Path) -> bool:
    annotations = (
        ast.unparse(node.annotation) for node in ast.walk(tree(path)) if isinstance(node, ast.arg) and node.annotation
    )
    return any("Session" in annotation for annotation in annotations)


def test_every_family_of_the_graph_has_the_same_file_names() -> None:
    strange = [
        name(path) for path in sorted((ROOT / "gateway/graph").glob("*/*/**/*.py")) if path.name not in GRAPH_FILES
    ]
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
    reads = {name(path) for path in sources() if reading.search(path.read_text())}
    telling = {"kit/telemetry/quiet.py", "procedures/search/readings.py"}
    assert reads == telling  # which read nothing and tell eventlet and pypinyin what to leave out


def test_nothing_catches_everything_but_the_listed_edges() -> None:
    edges = {
        name(path)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    }
    assert edges == {
        "kit/rendering.py",
        "console/app.py",
        "gateway/executing/compiler.py",
        "gateway/executing/writing.py",
        "gateway/protocol/http.py",
        "gateway/protocol/socket_session.py",
        "hub/replay.py",
        "kit/broker/amqp.py",
        "kit/broker/consumer.py",
        "kit/broker/embedded_broker.py",
        "kit/messages/inbox.py",
        "kit/work/pump.py",
        "kit/calls/gathering.py",
        "kit/calls/rpc.py",
        "kit/work/timers.py",
        "kit/work/child.py",
        "kit/work/jobs.py",
    }

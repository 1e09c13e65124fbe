"""The inventory has all that the contracts define, also in a process that has imported none of it."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator

from tests.house.sources import sources, tree

PRINTED = """import json
from contracts.inventory import messages, refusals
print(json.dumps([[each.type for each in messages()], [each.code for each in refusals()]]))"""


def test_a_fresh_process_knows_every_message_and_refusal_in_order() -> None:
    printed = subprocess.run([sys.executable, "-c", PRINTED], check=True, capture_output=True, text=True).stdout

    assert json.loads(printed) == [sorted(_types()), sorted(_codes())]


def test_what_others_define_is_not_of_the_contracts() -> None:
    printed = PRINTED.replace("import json", "import json\nimport gateway.viewer", 1)
    seen = subprocess.run([sys.executable, "-c", printed], check=True, capture_output=True, text=True).stdout

    assert "INVALID_TOKEN" not in json.loads(seen)[1]


def _types() -> Iterator[str]:
    for node in _classes():
        yield from (word.value.value for word in node.keywords if word.arg == "type")  # type: ignore[attr-defined]


def _codes() -> Iterator[str]:
    for node in _classes():
        for line in node.body:
            if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code":
                yield from (each.value for each in [line.value] if isinstance(each, ast.Constant))


def _classes() -> Iterator[ast.ClassDef]:
    for path in sources("contracts"):
        yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))

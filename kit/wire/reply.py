"""Reply: a payload read from what came over the wire and checked, so that no reply of any shape breaks its reader."""

from __future__ import annotations

from typing import Any

import orjson

from contracts.base import LANGUAGES, Refusal
from kit.wire.request import Malformed, Payload


def read_reply(body: bytes | str) -> Payload:
    """The payload in the body of a reply; raises Malformed."""
    try:
        found = orjson.loads(body)
    except ValueError:  # too deep a nesting too
        raise Malformed("the reply is not JSON") from None
    return payload_of(found)


def payload_of(found: Any) -> Payload:
    """What was found, if it is a payload; raises Malformed."""
    if not isinstance(found, dict) or not {"result", "error"} <= found.keys():
        raise Malformed("a reply is an object with `result` and `error`")
    if found["error"] is not None:
        _check_error(found["error"])
    return found


def _check_error(error: Any) -> None:
    kind = error.get("kind") if isinstance(error, dict) else None
    if not isinstance(kind, str):
        raise Malformed("an error is an object with a `kind`")
    if kind == "refusal":
        problems = error.get("problems")
        if not isinstance(problems, list) or not problems:
            raise Malformed("a refusal has `problems`")
        for problem in problems:
            _check_problem(problem)


def _check_problem(problem: Any) -> None:
    """A refusal must be one that can be said to people."""
    try:
        refusal = Refusal.of(problem)
        for language in LANGUAGES:
            refusal.text(language)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise Malformed("a problem has a `code`, maybe a `field`, and the `params` of its text") from None

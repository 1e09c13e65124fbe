"""Stored: messages made from their stored bodies, each field with a value of its own, so that no two can be mixed up."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args, get_type_hints

from contracts.base import Message

BODIES = Path(__file__).parents[3] / "contracts" / "bodies"


def full(message: type[Message]) -> Message:
    """A message that says all that it can."""
    body = json.loads((BODIES / f"{message.type}.json").read_text(encoding="utf-8"))
    return message.from_data({name: _own(name, value, place) for place, (name, value) in enumerate(body.items())})


def bare(message: type[Message]) -> Message:
    """The same without what may be missing: what can be empty is empty, and what was true is not."""
    body = full(message).data()
    hints = get_type_hints(message)
    for field in fields(message):
        if field.default is not MISSING or field.default_factory is not MISSING:
            del body[field.name]
        elif type(None) in get_args(hints[field.name]):
            body[field.name] = None
        elif hints[field.name] is bool:
            body[field.name] = not body[field.name]
        elif field.name == "reason":
            body[field.name] = ""
    return message.from_data(body)


def _own(name: str, value: Any, place: int) -> Any:
    """What stands for anything becomes something that only this field says; a value with a meaning stays."""
    if isinstance(value, dict):
        return {"id": value["id"], "zh": f"〔{name}〕", "en": f"[{name}]"}
    if value in ("text", ["text"]):
        return f"<{name}>" if value == "text" else [f"<{name}>", f"<other {name}>"]
    if type(value) is int:
        return 21 + place
    if name.endswith(("_at", "_until")):
        return (datetime.fromisoformat(value) + timedelta(days=place, minutes=place)).isoformat()
    return value

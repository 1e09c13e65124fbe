"""Answers: what the schema said to one document, part by part, so that a page shows what stands though a part is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIGN_IN = "SIGN_IN_REQUIRED"
REFUSED = ("NOT_ALLOWED", "FORBIDDEN")
NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True)
class Trouble:
    """Why a part is missing: `code` for us, `message` for people, in their language."""

    code: str
    message: str


class Stop(Exception):  # noqa: N818 - a state of what was asked for, which becomes a page
    """The page cannot be shown without what is missing."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


class Told:
    """One answer. `told["agenda"]` is that part, None where it is missing; `trouble` says why."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._data: Mapping[str, Any] = body.get("data") or {}
        self._errors: Sequence[Mapping[str, Any]] = body.get("errors") or ()

    def __getitem__(self, part: str) -> Any:
        return self._data.get(part)

    def trouble(self, part: str) -> Trouble | None:
        """What went wrong with this part, or with all of it."""
        for error in self._errors:
            if (error.get("path") or [part])[0] == part:
                return Trouble(error.get("extensions", {}).get("code", ""), error["message"])
        return None

    def need(self, part: str) -> Any:
        """The part without which there is no page; raises Stop where it is missing."""
        found = self[part]
        if found is None:
            raise Stop(self.trouble(part) or Trouble(NOT_FOUND, ""))
        return found


@dataclass(frozen=True)
class Problem:
    """A rule that refused: `field` is the path in the input, empty where it is about the whole."""

    code: str
    field: str
    message: str


@dataclass(frozen=True)
class Done:
    """What came of a command: nothing was done where there are problems."""

    payload: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, told: Told, field: str) -> Done:
        """Also a service that is away is a problem that the form shows: what was typed is kept."""
        payload = told[field]
        if payload is None:
            trouble = told.trouble(field) or Trouble("INTERNAL", "")
            if trouble.code == SIGN_IN:
                raise Stop(trouble)
            return cls({}, (Problem(trouble.code, "", trouble.message),))
        found = (Problem(each["code"], each["field"] or "", each["message"]) for each in payload["problems"])
        return cls(payload, tuple(found))

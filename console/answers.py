"""Answers: what the schema said to one document, part by part, so that a page shows what stands though a part is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIGN_IN = "SIGN_IN_REQUIRED"
REFUSED = ("NOT_ALLOWED", "FORBIDDEN")
NOT_FOUND = "NOT_FOUND"
BUDGET_SPENT = "BUDGET_SPENT"
STILL_RUNNING = "STILL_RUNNING"
AWAY = ("UNAVAILABLE", "TOO_BUSY", "TIMEOUT", "INTERNAL", BUDGET_SPENT, STILL_RUNNING)
"""What may be otherwise in a moment."""
SETTLED = (*REFUSED, NOT_FOUND, BUDGET_SPENT, "BAD_USER_INPUT")
"""Errors by which nothing was done for certain."""


@dataclass(frozen=True)
class Trouble:
    """Why a part is missing: `code` for us, `message` for people, in their language."""

    code: str
    message: str

    @property
    def away(self) -> bool:
        return self.code in AWAY


NOT_THERE = Trouble(NOT_FOUND, "")
"""No such thing, or none that whoever asks may know of."""


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
            raise Stop(self.trouble(part) or NOT_THERE)
        return found


@dataclass(frozen=True)
class Problem:
    """A rule that refused: `field` is the path in the input, empty where it is about the whole."""

    code: str
    field: str
    message: str


@dataclass(frozen=True)
class Done:
    """What came of a command: nothing was done where there are problems, unless it is `unsettled`: nobody knows yet."""

    payload: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    unsettled: bool = False

    @classmethod
    def of(cls, told: Told, field: str) -> Done:
        """Also a service that is away is a problem that the form shows: what was typed is kept."""
        payload = told[field]
        if payload is None:
            trouble = told.trouble(field) or Trouble("INTERNAL", "")
            if trouble.code == SIGN_IN:
                raise Stop(trouble)
            return cls({}, (Problem(trouble.code, "", trouble.message),), trouble.code not in SETTLED)
        found = tuple(Problem(each["code"], each["field"] or "", each["message"]) for each in payload["problems"])
        return cls(payload, found, any(each.code == STILL_RUNNING for each in found))

    def need(self) -> None:
        """For what has no form that could show why it was refused; raises Stop with the first problem."""
        for problem in self.problems:
            raise Stop(Trouble(problem.code, problem.message))


def field_of(operation: str) -> str:
    """What the one field of an operation is called, as `actions` list it too: admitMember of AdmitMember."""
    return operation[0].lower() + operation[1:]

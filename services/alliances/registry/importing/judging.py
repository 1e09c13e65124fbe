"""Judging: what each row of a sheet means, an organisation that is registered or one to register, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.alliances.registry.importing import NotRegistered, SameAsRow
from contracts.base import Refusal
from contracts.names import name_key
from contracts.refusals import Required
from contracts.regions import province_of
from kit.sheets.sheet import Fault, Line, Sheet
from services.alliances.registry.importing.matching import Known, Match

NEEDED = ("name", "kind", "region", "name_en")
"""What an organisation is not registered without."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A row without a fault: the organisation that it names, or by `new` what a new one is registered with."""

    number: int
    match: Match | None
    new: dict[str, Any] | None

    @property
    def organization_id(self) -> str | None:
        return self.match.organization.id if self.match else None

    @property
    def name(self) -> str:
        return self.match.organization.name_zh if self.match else str((self.new or {})["name_zh"])


@dataclass(frozen=True, slots=True)
class Registrar:
    """Where somebody may register: `somewhere`, and whether in a province."""

    somewhere: bool
    may: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows that mean something, and all that is wrong with the others."""

    rows: Sequence[Meant]
    faults: Sequence[Fault]


def judge(sheet: Sheet, known: Known, registrar: Registrar) -> Judged:
    """Hold every line against the registry, and against the lines above it."""
    rows: list[Meant] = []
    faults = list(sheet.faults)
    broken, seen = {fault.row for fault in faults}, dict[object, int]()
    for line in sheet.lines:
        if line.number not in broken:
            found = _meant(line, known, registrar)
            wrong = found if isinstance(found, list) else _again(found, seen)
            faults += [Fault(line.number, each.field or "name", each) for each in wrong]
            if isinstance(found, Meant) and not wrong:
                rows.append(found)
    return Judged(rows, faults)


def _again(found: Meant, seen: dict[object, int]) -> list[Refusal]:
    """That another row has meant the same organisation."""
    identities = list(_identities(found))
    row = next((seen[each] for each in identities if each in seen), None)
    seen |= dict.fromkeys(identities, found.number)
    return [] if row is None else [SameAsRow(row=row)]


def _identities(found: Meant) -> Iterator[object]:
    """What no two rows have in common."""
    if found.new is None:
        yield found.organization_id
    else:
        yield name_key(found.new["name_zh"]), found.new["region"]
        yield from filter(None, [found.new["credit_code"]])


def _meant(line: Line, known: Known, registrar: Registrar) -> Meant | list[Refusal]:
    try:
        match = known.match(line.values)
    except Refusal as refusal:
        return [refusal]
    if match:
        return Meant(line.number, match, None)
    if not _may_register(line.values, registrar):
        return [NotRegistered(name=line.values["name"] or line.values["credit_code"])]
    missing: list[Refusal] = [Required(column) for column in NEEDED if not line.values[column]]
    return missing or Meant(line.number, None, _new(line.values))


def _may_register(values: Mapping[str, Any], registrar: Registrar) -> bool:
    return registrar.may(province_of(values["region"])) if values["region"] else registrar.somewhere


def _new(values: Mapping[str, Any]) -> dict[str, Any]:
    """What `register_organization` takes."""
    return {
        "kind": str(values["kind"]),
        "region": values["region"],
        "name_zh": values["name"],
        "name_en": values["name_en"],
        "credit_code": values["credit_code"] or None,
        "aliases": list(values["aliases"]),
    }

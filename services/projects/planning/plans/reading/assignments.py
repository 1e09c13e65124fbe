"""Assignments: who does an item, in which role, and by when, as the clauses behind its text say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from contracts.projects.planning.plans import UnitRole
from services.projects.planning.plans.reading.clauses import Clause, Clauses, done_by
from services.projects.planning.plans.reading.deadlines import Deadline, deadline_alone, deadlines_of
from services.projects.planning.plans.reading.labels import Said, role_of
from services.projects.planning.plans.reading.model import Unit
from services.projects.planning.plans.reading.source import halfwidth
from services.projects.planning.plans.reading.units import part_units, run_together

_OWN_ROLE = re.compile("(?P<name>.+?)[(（](?P<role>(?:牵头|主办|承办|配合|协办|参与|支持)(?:单位|部门|负责)?)[)）]")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Units and deadlines; `unparted` and `contracted` are printed words that were repaired, `unread` are other clauses.

    `mixed` are the words of a role that may hold for the last of its units only (`甲,乙牵头`).
    """

    units: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    unparted: tuple[str, ...] = ()
    contracted: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def assignment_of(clauses: Clauses | None, year: int | None) -> Assignment:
    """What the clauses assign; `year` is that of the document, for a deadline that leaves it out."""
    if clauses is None:
        return Assignment()
    roles: dict[str, UnitRole | None] = {}
    deadlines = [each for clause in clauses.of(Said.DEADLINE) for each in deadlines_of(clause.words, year)]
    unparted: list[str] = []
    contracted: list[str] = []
    mixed: list[str] = []
    for clause in _by_verb(clauses.of(Said.UNITS)):
        if clause.label.says is Said.DEADLINE:
            deadlines += deadlines_of(clause.words, year)
            continue
        parted = part_units(clause.words)
        unparted += parted.unparted
        contracted += parted.contracted
        mixed += [clause.words] if _is_mixed(clause) else []
        for name in parted.names:
            if due := deadline_alone(name, year):
                deadlines.append(due)
            elif own := _OWN_ROLE.fullmatch(name):
                roles.setdefault(own["name"], role_of(own["role"]))
            else:
                roles.setdefault(name, clause.label.role)
    return Assignment(
        units=tuple(Unit(name, role) for name, role in roles.items()),
        deadlines=tuple(deadlines),
        unparted=tuple(unparted),
        contracted=tuple(contracted),
        mixed=tuple(mixed),
        unread=tuple(f"{clause.label.printed}:{clause.words}" for clause in clauses.of(Said.OTHER)),
    )


def told_apart(assignment: Assignment, known: frozenset[str]) -> Assignment:
    """The same with two units in place of each name that runs two together which the document names elsewhere."""
    pairs = {unit.name: pair for unit in assignment.units if (pair := run_together(unit.name, known))}
    if not pairs:
        return assignment
    roles: dict[str, UnitRole | None] = {}
    for unit in assignment.units:
        for name in pairs.get(unit.name, (unit.name,)):
            roles.setdefault(name, unit.role)
    units = tuple(Unit(name, role) for name, role in roles.items())
    return replace(assignment, units=units, unparted=(*assignment.unparted, *pairs))


def _by_verb(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """`责任单位:甲厅牵头,乙厅配合` says of each unit what it does, behind a label that says nothing more."""
    for clause in clauses:
        yield from (not clause.label.is_verb and done_by(clause.words)) or (clause,)


def _is_mixed(clause: Clause) -> bool:
    leads = clause.label.is_verb and clause.label.role is UnitRole.LEAD
    return leads and "," in halfwidth(clause.words)

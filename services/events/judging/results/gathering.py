"""Sources: what a stage is ranked from, sheets or fixtures, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from contracts.base import Named
from contracts.events.admission.entries import ParticipantStatus
from contracts.events.judging.blinding import CodesSealed
from kit.data.db import Session
from services.events.admission.entries.model import Entry, Participant
from services.events.directory.model import Organization
from services.events.editions.editions.model import Stage
from services.events.editions.rulesets import reading as rulebook
from services.events.editions.rulesets.model import RuleSet
from services.events.fixtures import queries as fixtures
from services.events.judging.blinding import queries as blinding
from services.events.judging.locks import queries as locks
from services.events.judging.results.evidence import Document, Evidence, Line, Sheets, Standings, ranked, read_evidence
from services.events.judging.results.rows import Row
from services.events.judging.results.rules import ResultsForm
from services.events.judging.scoring import queries as scoring
from services.events.judging.scoring.rules import ScoringForm

_SECTIONS = (ResultsForm.name, ScoringForm.name)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a version of a result rests on; `entry_of` says which entry a key of the evidence means."""

    rules: Document
    evidence: Evidence
    entry_of: Mapping[str, str]

    @property
    def lines(self) -> list[Line]:
        return ranked(self.evidence, self.rules[ScoringForm.name])


def basis_of(session: Session, stage: Stage, takes_part: Container[str]) -> Basis:
    """What the stage came to for the entries that take part.

    Fixtures go by the rules by which their groups were drawn, sheets by those by which they were locked. Refuses with
    FixturesNotDrawnUp or FixturesNotOver; or with CodesSealed before the codes are opened, and SheetsNotLocked before that.
    """
    if fixtures.has_fixtures(session, stage):
        listed = fixtures.locked(session, stage)  # no score changes until what rests on it is written
        lines = tuple(_lines(session, stage, takes_part))
        number = fixtures.bound_to(session, listed, stage)
        rules = _rules(session.get_one(RuleSet, (stage.edition_id, number)), stage)
        return Basis(rules=rules, evidence=Standings(lines=lines), entry_of={line.key: line.key for line in lines})
    rules = _rules(scoring.rule_set(session, stage), stage)
    evidence, entry_of = _sheets(session, stage, takes_part)
    return Basis(rules=rules, evidence=evidence, entry_of=entry_of)


def basis_in(whole: Document) -> Basis:
    """What a version rests on, by its whole document."""
    key = "code" if whole["evidence"]["source"] == "sheets" else "entry"
    entry_of = {row[key]: row["entry"] for row in whole["rows"]}
    return Basis(rules=whole["rules"], evidence=read_evidence(whole["evidence"]), entry_of=entry_of)


def ranking_of(basis: Basis, known: Mapping[str, Row]) -> list[Row]:
    """The rows that a basis comes to, in the order of its ranking; `known` are rows with the facts about each entry."""
    by_code = isinstance(basis.evidence, Sheets)
    return [
        replace(
            known[basis.entry_of[line.key]],
            place=line.place,
            code=line.key if by_code else None,
            score=line.score,
            raw=line.raw,
            adjusted=line.adjusted,
            tie=line.tie,
            remark=line.remark,
        )
        for line in basis.lines
    ]


def competing(session: Session, stage: Stage) -> dict[str, Row]:
    """The entries that take part in a stage, as rows without a place."""
    query = (
        select(Entry, Organization)
        .join(Participant, Participant.entry_id == Entry.id)
        .outerjoin(Organization, Organization.id == Entry.organization_id)
        .where(Participant.stage_id == stage.id, Participant.status != ParticipantStatus.WITHDRAWN)
    )
    return {entry.id: _row(entry, organization) for entry, organization in session.execute(query)}


def _rules(rule_set: RuleSet, stage: Stage) -> Document:
    """A version of the rules as the stage's track has it, as far as a result goes by it."""
    sections = {name: _section(rule_set.document, stage.track.code, name) for name in _SECTIONS}
    return {"version": rule_set.number, "digest": rule_set.digest, **sections}


def _section(document: Document, code: str, name: str) -> Document:
    book = rulebook.rulebook()
    of_track = document.get(book.parts, {}).get(code, {})
    return {**(document.get(name) or book.defaults[name]), **(of_track.get(name) or {})}


def _lines(session: Session, stage: Stage, takes_part: Container[str]) -> Iterator[Line]:
    for entry_id, place in fixtures.final_order(session, stage):
        if entry_id in takes_part:
            yield Line(key=entry_id, place=place, score=None)


def _sheets(session: Session, stage: Stage, takes_part: Container[str]) -> tuple[Sheets, Mapping[str, str]]:
    """Sheets with the entries behind their codes; without places for who has left."""
    if not blinding.opened(session, stage.id):
        locks.locked(session, stage.id)
        raise CodesSealed("stageId")
    codes = blinding.entries_of_codes(session, stage.id)
    sheets, expected, seed = scoring.counted(session, stage)
    placed = {code: number for code, number in expected.items() if codes.get(code, "") in takes_part}
    return Sheets(sheets=tuple(sheets), expected=placed, seed=seed), codes


def _row(entry: Entry, organization: Organization | None) -> Row:
    return Row(
        entry_id=entry.id,
        place=None,
        code=None,
        score=None,
        raw=None,
        adjusted=None,
        tie="",
        remark="",
        organization=organization.named if organization else Named(id=entry.organization_id, zh="", en=""),
        province=entry.province,
        contestant=entry.contestant,
    )

"""Rules: what an edition's rule set says to each family about a track, read from the newest version or an earlier one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from sqlalchemy import ScalarSelect, SQLColumnExpression, func, select

from kit.data.db import Session
from kit.documents.rulebook import Document, Rulebook, Rules, Section
from services.events.editions.editions.model import Track
from services.events.editions.rulesets.model import RuleSet

_MOST_READ = 1_000
_read: dict[tuple[str, int, str, type[Any]], Any] = {}


@cache
def rulebook() -> Rulebook:
    """How rule sets of editions are read: with the defaults of whoever says nothing else, and tracks that may differ."""
    defaults = yaml.safe_load(Path(__file__).with_name("rulebook.yaml").read_text(encoding="utf-8"))
    return Rulebook(cast(Document, defaults), "tracks")


def newest(session: Session, edition_id: str) -> RuleSet:
    """The version of the rule set that is in force."""
    versions = select(RuleSet).where(RuleSet.edition_id == edition_id).order_by(RuleSet.number.desc()).limit(1)
    return session.scalars(versions).one()


def section(session: Session, track: Track, form: type[Section[Rules]]) -> Rules:
    """What the rules in force say to one family about a track."""
    return section_of(newest(session, track.edition_id).document, track.code, form)


def number_in_force(edition_id: SQLColumnExpression[str]) -> ScalarSelect[int]:
    """The number of the version that is in force, to be asked together with something else."""
    return select(func.max(RuleSet.number)).where(RuleSet.edition_id == edition_id).scalar_subquery()


def section_of_version(session: Session, track: Track, number: int, form: type[Section[Rules]]) -> Rules:
    """What a version of a published edition's rules says to one family about a track; such a version never changes."""
    key = (track.edition_id, number, track.code, form)
    if key not in _read:
        rule_set = session.get_one(RuleSet, (track.edition_id, number))
        if len(_read) >= _MOST_READ:
            _read.clear()
        _read[key] = section_of(rule_set.document, track.code, form)
    return cast(Rules, _read[key])


def section_of(document: Document, code: str, form: type[Section[Rules]]) -> Rules:
    """What a rule set says to one family about the track of this code."""
    return rulebook().section(document, code, form)

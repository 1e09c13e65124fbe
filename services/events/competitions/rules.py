"""Rules: what a rule set says to each family, read from the edition's newest version; the defaults are data too."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import rfc8785
import yaml
from sqlalchemy import ScalarSelect, func, select

from contracts.base import Refusal
from contracts.forms import Input, faults
from contracts.refusals import Invalid, InvalidInput, UnknownField
from kit.data.db import Session
from services.events.competitions.model import RuleSet, Track

TRACKS = "tracks"
Document = dict[str, Any]
Rules = TypeVar("Rules")
_MOST_READ = 1_000
_read: dict[tuple[str, int, str, type[Any]], Any] = {}


class Section(Input, Generic[Rules]):
    """The form of one section of a rule set; `name` is its key, and reading it gives the family's frozen rules."""

    name: str


@cache
def defaults() -> Document:
    """The rule set of whoever says nothing else: every section, complete."""
    return cast(Document, yaml.safe_load(Path(__file__).with_name("rulebook.yaml").read_text(encoding="utf-8")))


def complete(given: Document, codes: set[str], sections: tuple[type[Section[Any]], ...]) -> Document:
    """The whole rule set for what was given: checked section by section, with the defaults where it is silent.

    What is given replaces the default key by key at any depth, lists as a whole; so does a track's section the edition's.
    Raises InvalidInput with one problem a fault, its field being the path within the document, as
    `rules.scoring.rubric.criteria.0.weight`.
    """
    forms = {form.name: form() for form in sections}
    tracks = given.get(TRACKS) or {}
    _check_names(given, {*forms, TRACKS}, "rules")
    _check_names(tracks, codes, f"rules.{TRACKS}")
    document = {name: _over(defaults().get(name, {}), _mapping(given.get(name), name)) for name in forms}
    problems = [problem for name, form in forms.items() for problem in _faults(form, document[name], f"rules.{name}")]
    for code, overrides in tracks.items():
        path = f"rules.{TRACKS}.{code}"
        _check_names(overrides, set(forms), path)
        for name, section in overrides.items():
            problems += _faults(forms[name], _over(document[name], _mapping(section, name)), f"{path}.{name}")
    if problems:
        raise InvalidInput(*problems)
    return {**document, TRACKS: {code: dict(tracks[code]) for code in sorted(tracks)}}


def digest(document: Document) -> str:
    """The SHA-256 of the canonical form (RFC 8785) of a document, in hexadecimal digits."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def newest(session: Session, edition_id: str) -> RuleSet:
    """The version of the rule set that is in force."""
    versions = select(RuleSet).where(RuleSet.edition_id == edition_id).order_by(RuleSet.number.desc()).limit(1)
    return session.scalars(versions).one()


def section(session: Session, track: Track, form: type[Section[Rules]]) -> Rules:
    """What the rules in force say to one family about a track."""
    return section_of(newest(session, track.edition_id).document, track.code, form)


def number_in_force(edition_id: str) -> ScalarSelect[int]:
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
    name = form.name
    of_track = document.get(TRACKS, {}).get(code, {})
    said = _over(document.get(name) or defaults().get(name) or {}, of_track.get(name) or {})
    return cast(Rules, form().load(said))


def _over(base: Document, said: Document) -> Document:
    """`base` with what is said put over it."""
    both = {key: _over(base[key], value) for key, value in said.items() if _are_mappings(base.get(key), value)}
    return {**base, **said, **both}


def _are_mappings(*values: Any) -> bool:
    return all(isinstance(value, dict) for value in values)


def _faults(form: Section[Any], said: Document, path: str) -> list[Refusal]:
    found = faults(form, said)
    return [type(fault)(".".join(filter(None, (path, fault.field))), **fault.params) for fault in found]


def _check_names(said: Any, known: set[str], path: str) -> None:
    if not isinstance(said, dict):
        raise InvalidInput(Invalid(path))
    strange = sorted(str(name) for name in said if name not in known)
    if strange:
        raise InvalidInput(*(UnknownField(f"{path}.{name}"[:200]) for name in strange[:20]))


def _mapping(said: Any, name: str) -> Document:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise InvalidInput(Invalid(f"rules.{name}"))
    return said

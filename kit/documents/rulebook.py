"""Rulebook: rules as a document in sections, each with a form of its own, with defaults, and with parts that differ.

The document is {"<section>": {…}, "<parts>": {"<part>": {"<section>": {…}}}}. What is said replaces the default key by key
at any depth, lists as a whole; so does a part's section the whole document's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from contracts.base import Refusal
from contracts.forms import Input, faults
from contracts.refusals import Invalid, InvalidInput, UnknownField

Document = dict[str, Any]
Rules = TypeVar("Rules")


class Section(Input, Generic[Rules]):
    """The form of one section of a rulebook; `name` is its key, and reading it gives the family's frozen rules."""

    name: str

    def new(self, rules: Rules) -> Iterator[Refusal]:
        """What is refused of rules that are given now; those that stand already are read all the same.

        The field of each is its path within the section.
        """
        yield from ()


@dataclass(frozen=True)
class Rulebook:
    """A kind of rulebook: the `defaults` of every section, and the key under which the `parts` stand that differ."""

    defaults: Document
    parts: str

    def complete(self, given: Document, codes: set[str], sections: tuple[type[Section[Any]], ...]) -> Document:
        """The whole document for what was given: checked section by section, with the defaults where it is silent.

        `codes` name the parts. Raises InvalidInput with one problem a fault, its field being the path within the document,
        as `rules.scoring.rubric.criteria.0.weight`.
        """
        forms = {form.name: form() for form in sections}
        parts = given.get(self.parts) or {}
        _check_names(given, {*forms, self.parts}, "rules")
        _check_names(parts, codes, f"rules.{self.parts}")
        document = {name: _over(self.defaults.get(name, {}), _mapping(given.get(name), name)) for name in forms}
        problems = [fault for name, form in forms.items() for fault in _faults(form, document[name], f"rules.{name}")]
        for code, overrides in parts.items():
            path = f"rules.{self.parts}.{code}"
            _check_names(overrides, set(forms), path)
            for name, section in overrides.items():
                problems += _faults(forms[name], _over(document[name], _mapping(section, name)), f"{path}.{name}")
        if problems:
            raise InvalidInput(*problems)
        return {**document, self.parts: {code: dict(parts[code]) for code in sorted(parts)}}

    def section(self, document: Document, code: str, form: type[Section[Rules]]) -> Rules:
        """What a document says in one section about the part of this code."""
        name = form.name
        of_part = document.get(self.parts, {}).get(code, {})
        said = _over(document.get(name) or self.defaults.get(name) or {}, of_part.get(name) or {})
        return cast(Rules, form().load(said))


def _over(base: Document, said: Document) -> Document:
    """`base` with what is said put over it."""
    both = {key: _over(base[key], value) for key, value in said.items() if _are_mappings(base.get(key), value)}
    return {**base, **said, **both}


def _are_mappings(*values: Any) -> bool:
    return all(isinstance(value, dict) for value in values)


def _faults(form: Section[Any], said: Document, path: str) -> list[Refusal]:
    found = faults(form, said) or list(form.new(form.load(said)))
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

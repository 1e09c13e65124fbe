"""Table: the rules of all families together, and how each of them speaks."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from contracts.base import Message
from services.notify.telling.facts import Fact, Facts, spoken, with_names
from services.notify.telling.rule import Rule
from services.notify.telling.wording import Said, Wording, wordings


class _Family(Protocol):
    """The module of a family: its rules, and beside it the text of the same name with their wordings."""

    @property
    def __file__(self) -> str | None: ...
    @property
    def RULES(self) -> tuple[Rule, ...]: ...  # noqa: N802 - a constant of the module


_HERE = Path(__file__).parent


def _family(text: Path) -> _Family:
    """The module beside a text of wordings."""
    steps = (*__package__.split("."), *text.relative_to(_HERE).with_suffix("").parts)
    return cast("_Family", import_module(".".join(steps)))


FAMILIES = tuple(_family(text) for text in sorted(_HERE.rglob("*.txt")))


def composed(families: tuple[_Family, ...]) -> dict[str, Rule]:
    """The rules by name; raises ValueError where two have the same one."""
    found: dict[str, Rule] = {}
    for rule in (rule for family in families for rule in family.RULES):
        if rule.name in found:
            raise ValueError(f"two rules of the name {rule.name}")
        found[rule.name] = rule
    return found


RULES = composed(FAMILIES)
_TEXTS = {rule.name: Path(str(family.__file__)).with_suffix(".txt") for family in FAMILIES for rule in family.RULES}

MESSAGES = tuple(dict.fromkeys(rule.on for rule in RULES.values()))
"""The messages that somebody is told of."""
_BY_MESSAGE = {message: [rule for rule in RULES.values() if rule.on is message] for message in MESSAGES}


def rules_for(message: Message) -> list[Rule]:
    return _BY_MESSAGE.get(type(message), [])


def facts_of(rule: Rule, message: Message) -> Facts:
    """What the message says of all that the wording of the rule speaks of."""
    return rule.facts(message, wording(rule.name).names)


def accounts_in(rule: str, facts: Mapping[str, Fact]) -> set[str]:
    """The accounts of the persons that these facts speak of."""
    return {said for name in _persons(rule) if isinstance(said := facts.get(name), str)}


def render(rule: str, locale: str, facts: Mapping[str, Fact], names: Mapping[str, Fact]) -> Said:
    """What a reader is told by a rule, in their language, with the names of persons by their accounts.

    Raises KeyError for an unknown rule.
    """
    return wording(rule).render(locale, spoken(with_names(facts, _persons(rule), names), locale))


def _persons(rule: str) -> frozenset[str]:
    return RULES[rule].persons if rule in RULES else frozenset()


def wording(rule: str) -> Wording:
    """How a rule speaks; raises KeyError for an unknown one."""
    return wordings(_TEXTS[rule])[rule]

"""Table: families bring their rules and wordings together, nothing is said twice, and what was told is told on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.alliances.membership.memberships import MemberAdmitted
from contracts.base import LANGUAGES
from services.notify.rules import table
from services.notify.rules.table import FAMILIES, RULES, accounts_in, composed, facts_of, render, wording
from services.notify.telling.audiences import representatives, secretariat
from services.notify.telling.facts import field
from services.notify.telling.reasons import why
from services.notify.telling.rule import Rule
from services.notify.telling.wording import wordings
from tests.services.notify.rules.stored import bare, full

HERE = Path(table.__file__).parent
GOLDEN: dict[str, Any] = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))
"""What each message of the first release told, to whom and in which words, when it said all and when it said little."""


@pytest.mark.parametrize("rule", GOLDEN["rules"])
@pytest.mark.parametrize("message_of", [full, bare])
def test_what_was_told_is_told_on_word_for_word(rule: str, message_of: Any) -> None:
    golden = GOLDEN["rules"][rule][message_of.__name__]
    message = message_of(RULES[rule].on)

    facts = facts_of(RULES[rule], message)

    to = [f"{reason} of {scope.type} {scope.id}" for reason, scope in RULES[rule].addressed(message)]
    assert to == golden["to"]
    names = {account: account for account in accounts_in(rule, facts)}
    for locale in LANGUAGES:
        said = render(rule, locale, facts, names)
        assert {"title": said.title, "body": said.body} == golden[locale]
        assert render(rule, locale, golden["facts"], names) == said, "an announcement that was kept long ago"
    assert facts == {name: golden["facts"].get(name, "") for name in facts}


@pytest.mark.parametrize("reason", GOLDEN["why"])
def test_the_reasons_on_record_are_read_on(reason: str) -> None:
    assert [why(reason, locale) for locale in LANGUAGES] == GOLDEN["why"][reason]


def test_every_file_of_rules_is_in_the_table_with_its_text_beside_it() -> None:
    composed_of = {Path(str(family.__file__)).relative_to(HERE) for family in FAMILIES}

    assert {path.relative_to(HERE) for path in HERE.glob("*/**/*.py")} == composed_of
    assert {path.relative_to(HERE).with_suffix(".py") for path in HERE.glob("**/*.txt")} == composed_of


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: Path(family.__file__).stem)
def test_a_family_has_a_wording_for_each_rule_and_none_besides_in_every_language(family: Any) -> None:
    found = wordings(Path(family.__file__).with_suffix(".txt"))

    assert list(found) == [rule.name for rule in family.RULES]
    assert all(tuple(each.templates) == LANGUAGES for each in found.values())


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_only_what_differs_from_the_default_and_is_spoken_of(rule: str) -> None:
    differing = RULES[rule].differing
    messages = [make(RULES[rule].on) for make in (full, bare)]

    assert set(differing) <= wording(rule).names
    for name, source in differing.items():
        assert any(source(message) != _by_default(name, message) for message in messages)


def _by_default(name: str, message: Any) -> object:
    try:
        return field(name)(message)
    except (AttributeError, TypeError):
        return None


@pytest.mark.parametrize(
    ("moved", "left", "judged", "told"),
    [
        (1, 0, 0, {"judge"}),
        (0, 1, 0, {"supervisor"}),
        (0, 0, 1, {"supervisor"}),
        (1, 0, 1, {"judge", "supervisor"}),
    ],
)
def test_of_works_that_stay_after_a_conflict_was_declared_the_judge_hears_nothing(
    moved: int, left: int, judged: int, told: set[str]
) -> None:
    rule = RULES["works_handed_on"]
    message = replace(full(rule.on), moved=moved, left=left, judged=judged)

    assert {str(reason) for reason, _ in rule.addressed(message)} == told
    assert not {"left", "judged"} & wording("works_handed_on").names


def test_two_rules_of_one_name_are_refused() -> None:
    first = SimpleNamespace(__file__="first.py", RULES=(Rule(MemberAdmitted, representatives),))
    second = SimpleNamespace(__file__="second.py", RULES=(Rule(MemberAdmitted, secretariat),))

    with pytest.raises(ValueError, match="member_admitted"):
        composed((first, second))


def test_a_wording_that_speaks_of_what_the_message_does_not_say_is_an_error() -> None:
    rule = Rule(MemberAdmitted, representatives)

    with pytest.raises(AttributeError, match="weather"):
        rule.facts(full(MemberAdmitted), {"alliance", "weather"})


def test_a_list_has_no_words_of_its_own() -> None:
    rule = Rule(RULES["rules_amended"].on, representatives)

    with pytest.raises(TypeError, match="organization_ids"):
        rule.facts(full(rule.on), {"organization_ids"})

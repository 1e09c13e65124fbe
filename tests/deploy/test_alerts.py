"""Alerts: each fires when it should, keeps silent when it nearly does, speaks two languages and leads to a runbook."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.promtool import (
    OTHERS,
    OWN,
    ROOT,
    Rule,
    alerts,
    groups,
    metrics_of,
    promtool,
    unknown,
    write_rules,
)

TESTS = Path(__file__).parent / "alerts"
CASES = sorted(path for path in TESTS.glob("*.yaml") if path.name != "clean.yaml")
RUNBOOKS = [ROOT / "docs" / "runbooks.md", ROOT / "docs" / "runbooks.zh-CN.md"]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LABEL = re.compile(r"\$labels\.(\w+)")


# ---- when they fire, by promtool --------------------------------------------------------------------------------


@pytest.mark.deploy
def test_prometheus_takes_the_rules(tmp_path: Path) -> None:
    promtool("check", "rules", write_rules(tmp_path / "rules.yaml", *groups()))


@pytest.mark.deploy
@pytest.mark.parametrize("case", [*CASES, TESTS / "clean.yaml"], ids=lambda path: path.stem)
def test_alerts_fire_and_keep_silent_as_written(case: Path, tmp_path: Path) -> None:
    _write_groups_without_texts(tmp_path)
    (tmp_path / case.name).write_bytes(case.read_bytes())

    promtool("test", "rules", case.name, cwd=tmp_path)


def _write_groups_without_texts(folder: Path) -> None:
    """One file a group, so that each test evaluates its own; texts are judged below, not repeated in every test."""
    (folder / "rules").mkdir()
    for group in groups():
        rules = [{name: value for name, value in rule.items() if name != "annotations"} for rule in group["rules"]]
        write_rules(folder / "rules" / f"{group['name'].removeprefix('hub.')}.yaml", group | {"rules": rules})


# ---- that they are tested ---------------------------------------------------------------------------------------


def test_every_alert_has_a_test_in_which_it_fires_and_one_in_which_it_stays_silent_throughout() -> None:
    expected = [_expected(test) for path in CASES for test in _document(path)["tests"]]
    fires = {name for test in expected for name, labels in test.items() if any(labels)}
    silent = {name for test in expected for name, labels in test.items() if not any(labels)}

    names = {rule["alert"] for rule in alerts()}

    assert fires == names
    assert silent == names


def test_every_firing_is_shown_to_begin() -> None:
    """In a test in which an alert fires it is also seen silent, before or after: at the right time, not always."""
    for path in CASES:
        for test in _document(path)["tests"]:
            for name, labels in _expected(test).items():
                if any(labels) and "http_server" not in str(test["input_series"]):
                    assert [] in labels, f"{test['name']}: {name}"


def test_the_silent_tests_are_near_misses() -> None:
    """Silence of an alert shows nothing where the series that it reads are missing."""
    rules = {rule["alert"]: rule for rule in alerts()}
    recorded = _recorded()
    for path in CASES:
        for test in _document(path)["tests"]:
            given = {name for series in test["input_series"] for name in metrics_of(series["series"])}
            for name in _expected(test):
                needed = _sources(rules[name]["expr"], recorded)
                assert given & needed or name == "ServiceDown", f"{test['name']}: none of {sorted(needed)}"


def test_the_clean_half_hour_has_every_series_that_the_rules_read() -> None:
    (test,) = _document(TESTS / "clean.yaml")["tests"]
    given = {name for series in test["input_series"] for name in metrics_of(series["series"])}
    recorded = _recorded()
    needed = {name for rule in alerts() for name in _sources(rule["expr"], recorded)}

    assert needed - given == set()


@cache
def _document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def _expected(test: dict[str, Any]) -> dict[str, list[list[dict[str, str]]]]:
    """By alert: the labels that are expected at each moment of a test."""
    found: dict[str, list[list[dict[str, str]]]] = {}
    for moment in test["alert_rule_test"]:
        labels = [alert["exp_labels"] for alert in moment["exp_alerts"]]
        found.setdefault(moment["alertname"], []).append(labels)
    return found


def _recorded() -> dict[str, str]:
    return {rule["record"]: rule["expr"] for group in groups() for rule in group["rules"] if "record" in rule}


def _sources(expression: str, recorded: dict[str, str]) -> set[str]:
    """The metrics behind an expression, recorded ones followed to what they were made of."""
    found: set[str] = set()
    for name in metrics_of(expression):
        found |= _sources(recorded[name], recorded) if name in recorded else {name}
    return found


# ---- what they read and say -------------------------------------------------------------------------------------


def test_every_metric_of_the_rules_is_exposed_by_somebody() -> None:
    expressions = [rule["expr"] for group in groups() for rule in group["rules"]]

    assert unknown(expressions, recorded=_recorded()) == set()
    assert set() == OWN & OTHERS


def test_alerts_are_few_and_each_wakes_somebody_or_waits() -> None:
    severities = [rule["labels"] for rule in alerts()]

    assert len(severities) <= 24
    assert [labels for labels in severities if labels not in ({"severity": "page"}, {"severity": "ticket"})] == []
    assert sum(labels == {"severity": "page"} for labels in severities) <= 9


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_alert_says_in_chinese_and_english_what_is_the_matter(rule: Rule) -> None:
    texts = rule["annotations"]
    chinese, english = texts["summary"].split(" · ")
    lines = texts["description"].splitlines()

    assert sorted(texts) == ["description", "runbook_url", "summary"]
    assert CHINESE.search(chinese) and not CHINESE.search(english)
    assert len(lines) == 2 and CHINESE.search(lines[0]) and not CHINESE.search(lines[1])
    assert sorted(LABEL.findall(lines[0])) == sorted(LABEL.findall(lines[1]))


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_alert_names_only_labels_that_it_carries(rule: Rule) -> None:
    tests = [test for path in CASES for test in _document(path)["tests"]]
    firing = [set(labels) for test in tests for seen in _expected(test).get(rule["alert"], []) for labels in seen]

    named = set(LABEL.findall(rule["annotations"]["description"]))

    assert named <= set.union(*firing)


# ---- where they lead --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", RUNBOOKS, ids=lambda path: path.name)
def test_every_alert_has_a_section_in_the_runbooks_in_the_same_order_and_every_section_an_alert(page: Path) -> None:
    sections = re.findall(r"^### (\w+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sections == [rule["alert"] for rule in alerts()]


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_alert_links_to_its_section(rule: Rule) -> None:
    assert rule["annotations"]["runbook_url"] == f"docs/runbooks.md#{rule['alert'].lower()}"


@pytest.mark.parametrize("page", RUNBOOKS, ids=lambda path: path.name)
def test_the_table_of_the_runbooks_says_how_urgent_each_alert_is_and_after_how_long_it_fires(page: Path) -> None:
    row = re.compile(r"^\| \[(\w+)\]\(#(\w+)\) \| (\w+) \| (\w*) \|", flags=re.MULTILINE)

    rows = row.findall(page.read_text(encoding="utf-8"))

    assert rows == [
        (rule["alert"], rule["alert"].lower(), rule["labels"]["severity"], rule.get("for", "")) for rule in alerts()
    ]


@pytest.mark.parametrize("page", RUNBOOKS, ids=lambda path: path.name)
def test_every_section_says_what_is_noticed_how_to_look_how_to_mend_and_when_to_wake_somebody(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = (
        ["用户看到的", "含义", "查看", "处理", "何时叫人"]
        if "zh-CN" in page.name
        else ["People notice", "It means", "Look", "Mend", "Wake somebody"]
    )

    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        found = re.findall(r"^\*\*(.+?)\*\*", section, flags=re.MULTILINE)
        assert [word.rstrip(".。：:") for word in found] == headings, section.splitlines()[0]


def test_both_languages_give_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S) for page in RUNBOOKS
    )

    assert [_without_comments(block) for block in english] == [_without_comments(block) for block in chinese]


def _without_comments(block: str) -> list[str]:
    return [line.split("  # ")[0].rstrip() for line in block.splitlines() if not line.startswith("# ")]

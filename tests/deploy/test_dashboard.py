"""Dashboard: every panel asks for what somebody exposes, in words that Prometheus reads, and bears its name in two languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.promtool import MONITORING, OWN, groups, metrics_of, promtool, unknown, write_rules

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
VALUES = {"$__rate_interval": "5m", "$namespace": "delta-hub", "$service": "events"}
"""What Grafana puts in the place of its variables."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2}")

Panel = dict[str, Any]


def _dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    return found


def _panels() -> list[Panel]:
    found: list[Panel] = _dashboard()["panels"]
    return found


def _graphs() -> list[Panel]:
    return [panel for panel in _panels() if panel["type"] != "row"]


def _expressions() -> Iterator[str]:
    for panel in _graphs():
        for target in panel["targets"]:
            yield _filled(target["expr"])


def _filled(expression: str) -> str:
    for variable, value in VALUES.items():
        expression = expression.replace(variable, value)
    return expression


@pytest.mark.deploy
def test_prometheus_reads_every_expression(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": text} for number, text in enumerate(_expressions())]

    promtool("check", "rules", write_rules(tmp_path / "panels.yaml", {"name": "panels", "rules": rules}))


def test_every_metric_is_exposed_by_somebody_and_every_one_of_ours_is_shown() -> None:
    recorded = {rule["record"] for group in groups() for rule in group["rules"] if "record" in rule}
    shown = {name for text in _expressions() for name in metrics_of(text)}

    assert unknown(_expressions(), recorded) == set()
    assert OWN - shown == set()


def test_every_expression_asks_one_hub_only() -> None:
    """Several hubs share a Prometheus; a selector without a namespace would add them up."""
    for text in _expressions():
        selectors = re.findall(r"\{[^{}]*\}", text)

        assert selectors and all('namespace="delta-hub"' in selector for selector in selectors), text


def test_panels_bear_names_and_explanations_in_chinese_and_english() -> None:
    for panel in _panels():
        chinese, english = panel["title"].split(" · ")

        assert CHINESE.search(chinese) and ENGLISH.search(english) and not CHINESE.search(english), panel["title"]

    assert [panel["title"] for panel in _graphs() if not panel.get("description")] == []


def test_panels_have_units_and_take_the_chosen_data_source() -> None:
    for panel in _graphs():
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["datasource"] == DATASOURCE, panel["title"]
        assert all(target["datasource"] == DATASOURCE for target in panel["targets"]), panel["title"]


def test_panels_have_names_of_their_own_and_do_not_overlap() -> None:
    panels = _panels()

    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels)
    assert [(a["title"], b["title"]) for a, b in combinations(panels, 2) if _overlap(a["gridPos"], b["gridPos"])] == []


def _overlap(a: dict[str, int], b: dict[str, int]) -> bool:
    return (
        a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"] and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]
    )


def test_the_reader_chooses_data_source_hub_and_service_and_reads_from_users_down_to_processes() -> None:
    dashboard = _dashboard()
    rows = [panel["title"].split(" · ")[1] for panel in dashboard["panels"] if panel["type"] == "row"]

    assert [variable["name"] for variable in dashboard["templating"]["list"]] == ["datasource", "namespace", "service"]
    assert rows == ["Users", "Services", "Messages", "Deliveries", "Databases and pools", "Processes"]

"""Linters: every check of kube-linter and kube-score holds for every overlay, or its reason is written, and each can fail."""

from __future__ import annotations

import pytest

from tests.deploy import kube_linter, kube_score
from tests.deploy.checks import Check
from tests.deploy.manifests import OVERLAYS, overlay

pytestmark = pytest.mark.deploy

TABLES = {"kube-linter": kube_linter.CHECKS, "kube-score": kube_score.CHECKS}
CHECKS = {f"{linter}: {name}": one for linter, table in TABLES.items() for name, one in table.items()}
HELD = {name: one for name, one in CHECKS.items() if isinstance(one, Check)}
REASONED = {name: one for name, one in CHECKS.items() if isinstance(one, str)}


@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay_passes_every_check(name: str) -> None:
    objects = overlay(name)

    faults = {check: [*one.finds(objects)] for check, one in HELD.items() if name in one.overlays}

    assert {check: found for check, found in faults.items() if found} == {}


@pytest.mark.parametrize("name", HELD)
def test_a_check_finds_what_it_is_for(name: str) -> None:
    objects = overlay("prod")

    HELD[name].plant(objects)

    assert [*HELD[name].finds(objects)] != []


def test_the_lists_are_complete() -> None:
    assert {linter: len(table) for linter, table in TABLES.items()} == {"kube-linter": 63, "kube-score": 39}


def test_what_is_not_held_has_a_reason_that_one_can_read() -> None:
    assert [name for name, reason in REASONED.items() if len(reason.split()) < 6] == []
    assert len(REASONED) == 13

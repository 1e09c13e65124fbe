"""Subjects: what a message can be about has one word on the wire, which a renamed class does not change."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import DeclarativeBase

from contracts.once import SaidTwice
from hub.services import all_services
from kit.data.db import KitTable
from kit.data.subjects import Subject, Versioned
from services.projects.planning.plans.model import Plan

SUBJECTS = {
    "projects": {"calendar_year", "plan", "project"},
    "alliances": {
        "alliance",
        "charter",
        "delegate",
        "dismissal",
        "ended_sessions",
        "invitation_letter",
        "membership",
        "membership_certificate",
        "office_change",
        "organization",
        "person",
        "person_export",
        "relation",
        "role_invitation",
        "sighting",
        "succession",
    },
    "events": {
        "announcement",
        "award",
        "candidate",
        "draw",
        "edition",
        "entry",
        "fixture",
        "fixturelist",
        "granting",
        "motion",
        "objection",
        "phase",
        "question",
        "quota",
        "rejudging",
        "result",
        "seal",
        "seat",
        "series",
        "sheet",
        "stage",
        "work",
    },
    "notify": {"invitation_mail", "notice"},
    "every service": {"grant", "merger"},
}
"""What messages are about. A word is never changed: journals, inboxes and notices name their subjects by it."""


@pytest.fixture(autouse=True)
def _what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests define is forgotten behind them."""
    monkeypatch.setattr(Versioned, "_subjects", Versioned.subjects())


def table() -> Any:
    """The base of the mapped classes of one test."""

    class Table(DeclarativeBase):
        pass

    return Table


def test_the_subjects_of_each_service_are_these() -> None:
    owners = {service.name: set(service.tables.tables.values()) for service in all_services()}
    owners["every service"] = set(KitTable.metadata.tables.values())

    found = {
        owner: {word for word, mapped in Versioned.subjects().items() if mapped.__table__ in tables}  # type: ignore[attr-defined]
        for owner, tables in owners.items()
    }

    assert found == SUBJECTS


def test_a_subject_without_a_word_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Nameless gives no `subject`, its word on the wire"):

        class Nameless(Subject, table()):
            __tablename__ = "nameless"


def test_a_subject_does_not_take_the_word_of_the_class_that_it_inherits_from() -> None:
    with pytest.raises(TypeError, match=r"ShortPlan gives no `subject`"):

        class ShortPlan(Plan):
            __tablename__ = "short_plans"


def test_a_second_subject_of_one_word_is_refused_in_another_service_too() -> None:
    with pytest.raises(
        SaidTwice, match=r"'plan' stands twice: in services\.projects\.planning\.plans\.model\.Plan and in"
    ):

        class LessonPlan(Subject, table()):
            __tablename__ = "lesson_plans"
            subject = "plan"

    assert Versioned.subjects()["plan"] is Plan

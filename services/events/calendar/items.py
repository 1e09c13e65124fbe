"""Items: what stands in a calendar, in both languages: the entry window, the phases and the fixtures of an edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.base import Named
from contracts.events.editions.competitions import TrackKind
from contracts.events.editions.phases import PHASE_NAMES, PhaseKind, PhaseState
from contracts.events.fixtures.fixtures import FixtureStatus
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition
from services.events.editions.phases.model import Phase
from services.events.fixtures.model import Fixture

DOMAIN = "events.delta-hub"
"""What makes an id unique among all calendars of the world; it stays, wherever the hub is served."""


class ItemKind(StrEnum):
    """What an item of a calendar is."""

    ENTRIES = "entries"  # 报名
    PHASE = "phase"  # 阶段
    FIXTURE = "fixture"  # 比赛


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `uid` never changes, `sequence` grows with every change (RFC 5545)."""

    uid: str
    kind: ItemKind
    competition_id: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: Text
    detail: Text
    place: Text | None = None
    cancelled: bool = False


def entry_window(edition: Edition) -> Item:
    """When entries are taken."""
    zh, en = f"报名：{_zh(edition)}", f"Entries: {_en(edition)}"
    return Item(
        f"entries-{edition.id}@{DOMAIN}",
        ItemKind.ENTRIES,
        edition.id,
        edition.sequence,
        edition.moved_at or edition.published_at or edition.created_at,
        edition.opens_at,
        edition.closes_at,
        Text(zh, en),
        Text(_zh(edition), _en(edition)),
        cancelled=edition.cancelled,
    )


def phase_item(phase: Phase) -> Item:
    """A phase, whose round has its edition and series."""
    edition, (zh, en) = phase.round.edition, PHASE_NAMES[PhaseKind(phase.kind)]
    return Item(
        f"phase-{phase.id}@{DOMAIN}",
        ItemKind.PHASE,
        edition.id,
        phase.sequence,
        phase.changed_at,
        phase.opens_at,
        phase.closes_at,
        Text(f"{phase.round.name_zh}{zh}：{_zh(edition)}", f"{phase.round.name_en}, {en}: {_en(edition)}"),
        Text(f"{_zh(edition)}\n{phase.round.name_zh}", f"{_en(edition)}\n{phase.round.name_en}"),
        cancelled=phase.state == PhaseState.CANCELLED,
    )


def fixture_item(fixture: Fixture, organizations: Mapping[str, Named]) -> Item:
    """A fixture that has a time, with its stage, contestants, venue and records; institutions by id."""
    assert fixture.starts_at and fixture.ends_at and fixture.venue
    stage, number = fixture.stage, fixture.number
    home = contestant(fixture, fixture.home, fixture.home_source, organizations)
    away = contestant(fixture, fixture.away, fixture.away_source, organizations)
    between = " — " if fixture.score is None else f" {fixture.score.score[0]}:{fixture.score.score[1]} "
    pair = Text(f"{home.zh}{between}{away.zh}", f"{home.en}{between}{away.en}")
    return Item(
        f"fixture-{fixture.id}@{DOMAIN}",
        ItemKind.FIXTURE,
        fixture.edition_id,
        fixture.sequence,
        fixture.changed_at,
        fixture.starts_at,
        fixture.ends_at,
        Text(f"{stage.track.name_zh}第{number}场：{pair.zh}", f"{stage.track.name_en}, fixture {number}: {pair.en}"),
        Text(
            f"{_zh(stage.edition)}\n{stage.round.name_zh} {stage.track.name_zh}",
            f"{_en(stage.edition)}\n{stage.round.name_en}, {stage.track.name_en}",
        ),
        Text(fixture.venue.name_zh, fixture.venue.name_en),
        cancelled=stage.edition.cancelled or fixture.status == FixtureStatus.CANCELLED,
    )


def contestant(fixture: Fixture, entry: Entry | None, source: str | None, organizations: Mapping[str, Named]) -> Text:
    """Who plays: the institution and, of teams, the name; a person is not named in public."""
    if entry is None:
        return _from(source or "")
    named = organizations.get(entry.organization_id)
    zh, en = (named.zh, named.en or named.zh) if named else ("", "")
    team = entry.contestant if fixture.stage.track.kind == TrackKind.TEAM else ""
    return Text(" ".join(filter(None, (zh, team))), " ".join(filter(None, (en, team))))


def _from(source: str) -> Text:
    """Where somebody comes from who is not known yet."""
    place = re.fullmatch(r"(\d+)([A-Z]+)", source)
    if place:
        return Text(f"{place[2]}组第{place[1]}名", f"no. {place[1]} of group {place[2]}")
    if source.startswith("W"):
        return Text(f"第{source[1:]}场胜者", f"winner of {source[1:]}")
    return Text(f"第{source[1:]}场负者", f"loser of {source[1:]}")


def _zh(edition: Edition) -> str:
    return f"{edition.series.name_zh}（{edition.name_zh}）"


def _en(edition: Edition) -> str:
    return f"{edition.series.name_en}, {edition.name_en}"

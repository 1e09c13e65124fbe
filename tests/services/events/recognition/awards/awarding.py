"""Awarding: a stage with a final result, as judging and the public notice would have left it behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.base import Named
from contracts.events.admission.entries import EntryStatus, MemberRole, ParticipantStatus
from contracts.events.judging.results import ResultStatus, VersionStatus
from kit.data.db import Session
from kit.ids import new_id
from services.events.admission.entries.model import Entry, Member, Participant
from services.events.editions.editions.model import Stage
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.results.rows import Row
from tests.services.events.competitions.competing import ORGANIZER, a_track
from tests.services.events.competitions.competing import published as published_competition
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub
from tests.services.events.judging.motions.moving import SUPERVISOR, done
from tests.services.events.recognition.awards.prizing import prize

TRACK = {"name_zh": "小学语文", "name_en": "Primary School Chinese"}
FIRST = {"name_zh": "一等奖", "name_en": "First Prize"}
SECOND = {"name_zh": "二等奖", "name_en": "Second Prize"}
ADVISERS = {"name_zh": "优秀指导教师", "name_en": "Outstanding Adviser", "prizes": ["first"]}
ORGANIZATIONS = {"name_zh": "优秀组织奖", "name_en": "Outstanding Organisation", "by": "points", "count": 1, "least": 1}
AWARDS = {
    "prizes": [{**prize("first", count=1, points=5), **FIRST}, {**prize("second", count=1, points=3), **SECOND}],
    "advisers": ADVISERS,
    "organizations": ORGANIZATIONS,
}


@dataclass
class Awarded:
    """A stage with a final result: entries a, b, c … are placed in this order, in Shanghai and Anhui by turns."""

    events: EventsHub
    series_id: str
    competition_id: str
    stage_id: str
    entries: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, viewer: str = ORGANIZER, **given: Any) -> Any:
        return self.events.ask(method, viewer, **given)

    def grant(self, viewer: str = ORGANIZER) -> int:
        return int(self.ask("grant_awards", viewer, stage_id=self.stage_id)["granted"])

    def awards(self, viewer: str = ORGANIZER, **which: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("awards", viewer, competition_id=self.competition_id, **which)["nodes"]
        return found

    def named(self, letter: str) -> str:
        """The contestant of an entry."""
        return self.names.get(letter, f"选手{letter}")

    def award(self, letter: str, kind: str = "entry") -> dict[str, Any]:
        organization = self.organizations[letter]
        [found] = [each for each in self.awards(kind=kind) if each["organization_id"] == organization]
        return found

    def withdraw(self, letter: str, kind: str = "entry", viewer: str = ORGANIZER, **said: Any) -> dict[str, Any]:
        """Have an award withdrawn by its two people; the award as it is then."""
        award_id = self.award(letter, kind)["id"]
        given = {"award_id": award_id, "ground": "misconduct", "reason": "作品系抄袭。", **said}
        done(self.events, "withdraw_award", viewer, **given)
        [withdrawn] = self.ask("awards_by_id", viewer, ids=[award_id])
        return dict(withdrawn)

    def certificate(self, number: str) -> dict[str, Any]:
        [found] = self.events.ask("certificates_by_number", "", numbers=[number])
        assert isinstance(found, dict)
        return found

    def said(self, type_: str) -> list[dict[str, Any]]:
        return [data for found, data in self.events.said() if found == f"events.{type_}"]


def rep(letter: str) -> str:
    """The representative of the organisation that entered."""
    return f"rep-{letter}"


def placed(
    events: EventsHub,
    letters: str = "abc",
    *,
    final: bool = True,
    series: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
    **awards: Any,
) -> Awarded:
    """A stage whose result is final, or still announced; `awards` is what the rules say otherwise than in AWARDS.

    `names` are those of contestants, by the letters of their entries.
    """
    rules = {"awards": {**AWARDS, **awards}, "results": {"shown": masked()}}
    named = {"series": series} if series else {}
    edition = published_competition(events, rules=rules, tracks=[{**a_track(), **TRACK}], **named)
    with events.runtime.database.transaction(writes=False) as session:
        stage = session.scalars(select(Stage).where(Stage.edition_id == edition["id"])).one()
    found = Awarded(events, edition["series"]["id"], edition["id"], stage.id, names=names or {})
    events.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(found.series_id))
    for number, letter in enumerate(letters):
        region = ("310115", "340100")[number % 2]
        found.organizations[letter] = events.organization(region, rep(letter), zh=f"{letter}学校")
    with events.runtime.database.transaction() as session:
        _enter(session, found, stage)
        _rank(session, found, stage, final=final)
    return found


def masked() -> dict[str, Any]:
    """Everybody who is placed is shown, with all but the first character of the name hidden."""
    cut = {"take": "all", "value": "0", "per": "track", "rounding": "up", "at_least": 0, "ties": "all"}
    return {"cut": cut, "names": "masked", "scores": False}


def province(letter: str) -> str:
    return SHANGHAI if (ord(letter) - ord("a")) % 2 == 0 else ANHUI


def _enter(session: Session, found: Awarded, stage: Stage) -> None:
    for letter, organization_id in found.organizations.items():
        entry = Entry(
            id=new_id(),
            created_at=session.now,
            version=1,
            edition_id=stage.edition_id,
            track_id=stage.track_id,
            organization_id=organization_id,
            province=province(letter),
            contestant=found.named(letter),
            status=EntryStatus.ENTERED,
        )
        found.entries[letter] = entry.id
        session.add(entry)
        session.flush()
        for role, name in ((MemberRole.CONTESTANT, found.named(letter)), (MemberRole.ADVISER, f"导师{letter}")):
            session.add(Member(id=new_id(), entry_id=entry.id, role=role, name=name, organization_id=organization_id))
        session.add(Participant(stage_id=stage.id, entry_id=entry.id, status=ParticipantStatus.COMPETING))


def _rank(session: Session, found: Awarded, stage: Stage, *, final: bool) -> None:
    result = Result(id=new_id(), created_at=session.now, version=1, edition_id=stage.edition_id, stage_id=stage.id)
    result.status = ResultStatus.FINAL if final else ResultStatus.ANNOUNCED
    result.notice_ends_at = session.now + timedelta(days=5)
    version = ResultVersion(
        id=new_id(),
        result_id=result.id,
        number=1,
        status=VersionStatus.ANNOUNCED,
        digest="d" * 64,
        rules_version=1,
        proposed_by=ORGANIZER,
        proposed_at=session.now,
        signed_by="supervisor",
        announced_at=session.now,
        document="{}",
        whole_document="{}",
    )
    session.add_all([result, version])
    session.flush()
    for place, letter in enumerate(found.entries, 1):
        row = _row(found, letter, place)
        shown = ResultRow.of(row, place, {"contestant": f"{row.contestant[0]}**"})
        shown.version_id = version.id
        session.add(shown)


def _row(found: Awarded, letter: str, place: int) -> Row:
    return Row(
        entry_id=found.entries[letter],
        place=place,
        code=f"C{place}",
        score=Decimal(100 - place),
        raw=None,
        adjusted=None,
        tie="",
        remark="",
        organization=Named(id=found.organizations[letter], zh=f"{letter}学校", en="School"),
        province=province(letter),
        contestant=found.named(letter),
    )

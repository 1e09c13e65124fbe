"""Results on PostgreSQL: those who propose, sign, object, vote and withdraw at once leave a result whose books balance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from services.events.judging.objections.model import Objection
from services.events.judging.results.model import Result
from tests.databases.ground import GROUND
from tests.servers.postgres import PostgreSQL
from tests.services.events.events_hub import EventsHub, at_once
from tests.services.events.judging.results.judging import Judged, judged, rep

pytestmark = pytest.mark.live


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: PostgreSQL) -> Iterator[Judged]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    with GROUND.on(postgres):
        hub = EventsHub()
        yield judged(hub)
        hub.stop()


def codes(outcomes: list[object]) -> list[str]:
    return [each.problems[0]["code"] for each in outcomes if isinstance(each, Exception)]  # type: ignore[attr-defined]


def books(stage: Judged) -> tuple[str, int, int]:
    """The status of the result, how many objections it counts, and how many there are."""
    with stage.events.runtime.database.transaction(writes=False) as session:
        result = session.scalars(select(Result)).one()
        found = session.scalars(select(Objection.id).where(Objection.closed_at.is_(None))).all()
        return result.status, result.open_objections, len(found)


def test_of_two_who_propose_at_once_one_does(stage: Judged) -> None:
    assert codes(at_once(stage.propose, stage.propose)) == ["PROPOSAL_PENDING"]
    assert len(stage.said("result_proposed")) == 1


def test_of_two_who_object_on_the_same_ground_at_once_one_does(stage: Judged) -> None:
    stage.announce()

    assert codes(at_once(lambda: stage.object("B"), lambda: stage.object("B"))) == ["OBJECTION_KNOWN"]
    assert books(stage) == ("frozen", 1, 1)


def test_objections_that_come_and_go_at_once_are_all_counted(stage: Judged) -> None:
    stage.announce()
    first = stage.object("A")
    withdraw = {"objection_id": first["id"]}

    at_once(
        lambda: stage.ask("withdraw_objection", rep("A"), **withdraw),
        lambda: stage.object("B"),
        lambda: stage.object("C"),
    )

    assert books(stage) == ("frozen", 2, 2)
    assert stage.rows() == []


def test_votes_that_come_at_once_decide_once_and_release_the_result_once(stage: Judged) -> None:
    stage.announce()
    objection = stage.object("B")
    seated = stage.ask("seat_arbitrators", objection_id=objection["id"])
    people = [seat["person"] for seat in seated["seats"]]

    at_once(*(lambda person=person: stage.vote(objection, person, uphold=False) for person in people))

    assert books(stage) == ("announced", 0, 0)
    assert (len(stage.said("objection_decided")), len(stage.said("result_released"))) == (1, 1)

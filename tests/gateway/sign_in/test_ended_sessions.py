"""Ended sessions: which tokens count no more, what is closed, and how a gateway comes to know of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.alliances.authority.sessions import SessionsEnded, session_key
from gateway.sign_in.ended_sessions import AGAIN, EndedSessions
from gateway.viewer import Identity
from kit.broker.bus import Unavailable
from kit.clock import MovableClock
from kit.ids import new_id
from tests.services.service_hub import enveloped

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def ended(clock: MovableClock | None = None) -> EndedSessions:
    return EndedSessions(HOUR, (clock or MovableClock(NOON)).now)


def hear(sessions: EndedSessions, person: str = "ann", at: datetime = NOON) -> None:
    sessions.hear(enveloped(SessionsEnded(person=person, ended_at=at), at, new_id()))


def token(person: str = "ann", at: datetime = NOON) -> Identity:
    return Identity(person, issued_at=at)


class Alliances:
    """Answers with pages of one; the first `failing` times not at all."""

    def __init__(self, *people: str, failing: int = 0) -> None:
        self.nodes = [{"key": session_key(person), "ended_at": NOON.isoformat()} for person in people]
        self.failing = failing
        self.asked: list[dict[str, Any]] = []

    async def __call__(self, **which: Any) -> dict[str, Any]:
        self.asked.append(which)
        if len(self.asked) <= self.failing:
            raise Unavailable("alliances is away")
        place = int(which["after"] or 0)
        nodes = self.nodes[place : place + 1]
        return {"nodes": nodes, "cursors": [str(place + 1)], "has_next": place + 1 < len(self.nodes)}


@pytest.mark.parametrize(
    ("identity", "refused"),
    [
        (token(at=NOON - SECOND), True),
        (token(at=NOON), True),
        (token(at=NOON + SECOND), False),
        (token("bob", NOON - SECOND), False),
        (Identity("ann"), True),
    ],
)
def test_a_token_that_was_issued_until_then_counts_no_more(identity: Identity, refused: bool) -> None:
    sessions = ended()

    assert not sessions.refuses(identity)
    hear(sessions)

    assert sessions.refuses(identity) is refused


def test_an_older_end_does_not_take_back_a_later_one() -> None:
    sessions = ended()
    hear(sessions)
    hear(sessions, at=NOON - 10 * SECOND)

    assert sessions.refuses(token(at=NOON - SECOND))


def test_what_is_open_is_closed_once_and_what_is_of_others_or_newer_stays_open() -> None:
    sessions = ended()
    closed: list[str] = []
    sessions.watch(token(at=NOON - SECOND), lambda: closed.append("old"))
    sessions.watch(token(at=NOON + SECOND), lambda: closed.append("new"))
    sessions.watch(token("bob", NOON - SECOND), lambda: closed.append("bob"))
    leave = sessions.watch(token(at=NOON - SECOND), lambda: closed.append("left"))
    leave()

    hear(sessions)
    hear(sessions)

    assert closed == ["old"]


def test_nothing_is_kept_of_what_was_watched_and_left() -> None:
    sessions = ended()

    for _ in range(10):
        sessions.watch(token(), lambda: None)()

    assert sessions._open == {}


def test_an_end_is_forgotten_when_every_token_of_before_has_expired() -> None:
    clock = MovableClock(NOON)
    sessions = ended(clock)
    for number in range(100):
        hear(sessions, f"person-{number}")
    clock.advance(HOUR + SECOND)
    for number in range(50):
        hear(sessions, f"later-{number}", clock.now())

    assert len(sessions) == 50
    hear(sessions, "long ago", NOON)
    assert not sessions.refuses(token("long ago"))


async def test_the_list_is_asked_for_at_the_start_page_by_page() -> None:
    sessions, alliances = ended(), Alliances("ann", "bob", "cai")

    await sessions.load(alliances, NOON - HOUR)

    assert [each["after"] for each in alliances.asked] == [None, "1", "2"]
    assert all(sessions.refuses(token(name)) for name in ("ann", "bob", "cai"))


async def test_a_list_that_cannot_be_had_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions, alliances, pauses = EndedSessions(HOUR, lambda: NOON), Alliances("ann", failing=2), list[float]()
    turn = asyncio.sleep

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await turn(0)

    monkeypatch.setattr("gateway.sign_in.ended_sessions.asyncio.sleep", pause)
    async with sessions.followed(alliances, 30), asyncio.timeout(60):
        while len(alliances.asked) < 4:
            await turn(0)

    assert pauses[:3] == [AGAIN, AGAIN, 30]
    assert sessions.refuses(token())
    first, later = alliances.asked[2]["since"], alliances.asked[3]["since"]
    assert (first, later) == ((NOON - HOUR).isoformat(), (NOON - timedelta(minutes=10)).isoformat())

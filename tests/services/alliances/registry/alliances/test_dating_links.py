"""Dating links: those that a replica of the release before makes beside ours are dated as if it had known how."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert

from kit.data.db import table_of
from kit.work.timers import at
from services.alliances.registry.alliances import dating
from services.alliances.registry.alliances.model import AllianceLink
from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.alliances.registry.alliances.test_changing_an_alliance import link
from tests.services.service_hub import eventually

LINKS = table_of(AllianceLink)
Dated = list[tuple[str, str, datetime, datetime | None]]


def dated(alliances: AlliancesHub) -> Dated:
    """Whose links, to whom, since when and until when, in the order of their days."""
    with alliances.runtime.database.transaction(writes=False) as session:
        rows = session.query(AllianceLink).order_by(AllianceLink.since, AllianceLink.alliance_id)
        return [(row.alliance_id, row.parent_id, row.since, row.until) for row in rows]


def link_without_days(alliances: AlliancesHub, lower: dict[str, Any], upper: dict[str, Any] | None) -> None:
    """As the release before links: the table of dated links stays as it was."""
    with alliances.runtime.database.transaction(writes=False) as session:
        before = [dict(row._mapping) for row in session.connection().execute(LINKS.select())]
    link(alliances, lower, upper)
    with alliances.runtime.database.transaction() as session:
        session.execute(delete(LINKS))
        if before:
            session.execute(insert(LINKS), before)


def heal(alliances: AlliancesHub) -> None:
    with alliances.runtime.database.transaction() as session:
        at(session, session.now, dating.DATE_LINKS, "")
    eventually(lambda: not _waits(alliances))


def _waits(alliances: AlliancesHub) -> bool:
    with alliances.runtime.database.transaction(writes=False) as session:
        return bool(session.connection().exec_driver_sql("SELECT 1 FROM due WHERE deed = 'date_links'").first())


@pytest.mark.parametrize("old", [(0, 1, 2, 3, 4), (1, 3), (0, 4), (2,), ()], ids=str)
def test_links_have_the_days_on_which_they_were_made_whoever_made_them(
    alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch, old: tuple[int, ...]
) -> None:
    monkeypatch.setattr(dating, "AT_A_TIME", 1)
    one, two, up, top = (alliances.alliance() for _ in range(4))
    steps = [(one, up), (two, up), (one, top), (two, None), (one, up)]
    moments = []
    for number, (lower, upper) in enumerate(steps):
        moments.append(alliances.clock.now())
        (link_without_days if number in old else link)(alliances, lower, upper)
        alliances.clock.advance(timedelta(days=1))

    heal(alliances)

    assert dated(alliances) == [
        (one["id"], up["id"], moments[0], moments[2]),
        (two["id"], up["id"], moments[1], moments[3]),
        (one["id"], top["id"], moments[2], moments[4]),
        (one["id"], up["id"], moments[4], None),
    ]
    healed = dated(alliances)
    heal(alliances)
    assert dated(alliances) == healed


def test_what_is_linked_after_the_dating_ends_what_was_dated(alliances: AlliancesHub) -> None:
    low, up, top = (alliances.alliance() for _ in range(3))
    link_without_days(alliances, low, up)
    heal(alliances)
    alliances.clock.advance(timedelta(days=1))

    link(alliances, low, top)

    assert [(parent, until is None) for _, parent, _, until in dated(alliances)] == [
        (up["id"], False),
        (top["id"], True),
    ]


def test_a_timer_that_fails_has_done_nothing(alliances: AlliancesHub) -> None:
    low, up = alliances.alliance(), alliances.alliance()
    link_without_days(alliances, low, up)

    with pytest.raises(RuntimeError), alliances.runtime.database.transaction() as session:
        dating.date_links(session, "")
        raise RuntimeError

    assert dated(alliances) == []
    heal(alliances)
    assert len(dated(alliances)) == 1

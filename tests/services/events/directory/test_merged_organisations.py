"""Merged organisations: what was entered under either id is found and counted for both, and nothing is rewritten."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.alliances.merging.mergers import OrganizationsMerged, OrganizationsUnmerged
from contracts.alliances.registry.organizations import OrganizationRegistered
from contracts.base import Named
from kit.ids import new_id
from tests.clock import NOW
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub
from tests.services.service_hub import enveloped

OWN, ITS = "own", "its"


def two(events: EventsHub, places: int = 9) -> tuple[str, str, str]:
    """A track with places for Shanghai, and two organisations with a representative each."""
    track_id = opened(events, tracks=[a_track(p310000=places)])
    return (
        track_id,
        events.organization(representative=OWN, zh="甲校"),
        events.organization(representative=ITS, zh="乙校"),
    )


def enter(events: EventsHub, who: str, track_id: str, organization_id: str, contestant: str) -> Any:
    return events.ask("submit_entry", who, track_id=track_id, organization_id=organization_id, contestant=contestant)


def test_entries_of_both_are_seen_and_withdrawn_by_the_representatives_of_either(events: EventsHub) -> None:
    track_id, survivor, other = two(events)
    first, second = enter(events, OWN, track_id, survivor, "甲"), enter(events, ITS, track_id, other, "乙")
    edition = events.ask("competitions")["nodes"][0]["id"]
    seen = {who: len(events.ask("entries", who, competition_id=edition)["nodes"]) for who in (OWN, ITS)}
    assert seen == {OWN: 1, ITS: 1}
    before = events.contents()["entries"]

    said = events.merge(survivor, other)

    assert events.contents()["entries"] == before
    for who in (OWN, ITS):
        nodes = events.ask("entries", who, competition_id=edition)["nodes"]
        assert {each["id"] for each in nodes} == {first["id"], second["id"]}
    events.ask("withdraw_entry", OWN, entry_id=second["id"])
    events.unmerge(said)
    with events.refuses("NOT_ALLOWED"):
        events.ask("withdraw_entry", ITS, entry_id=first["id"])


def test_new_entries_under_the_old_id_are_refused_and_the_same_contestant_stands_once(events: EventsHub) -> None:
    track_id, survivor, other = two(events)
    enter(events, ITS, track_id, other, "乙")
    said = events.merge(survivor, other)

    with events.refuses("ORGANIZATION_MERGED", "organizationId", organization=survivor):
        enter(events, ITS, track_id, other, "丙")
    with events.refuses("ALREADY_ENTERED", "contestant"):
        enter(events, OWN, track_id, survivor, "乙")
    assert enter(events, ITS, track_id, survivor, "丙")["organization_id"] == survivor

    events.unmerge(said)
    assert enter(events, ITS, track_id, other, "丁")["organization_id"] == other


def test_the_quotas_of_both_stand(events: EventsHub) -> None:
    track_id, survivor, other = two(events)
    root = events.ask("quota_tree", track_id=track_id)["nodes"][0]
    [province] = [
        each
        for each in events.ask("quota_tree", track_id=track_id, parent_id=root["id"])["nodes"]
        if each["region"] == "310000"
    ]
    shares = [{"organization_id": each, "places": 1} for each in (survivor, other)]
    events.ask("allocate_places", quota_id=province["id"], shares=shares)
    enter(events, OWN, track_id, survivor, "甲")
    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        enter(events, OWN, track_id, survivor, "乙")

    events.merge(survivor, other)

    assert enter(events, OWN, track_id, survivor, "乙")["organization_id"] == survivor
    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        enter(events, OWN, track_id, survivor, "丙")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_whatever_the_order_in_which_it_is_heard_the_end_is_the_same(events: EventsHub, data: st.DataObject) -> None:
    """A → B, undone; A → C; C → B: with each organisation heard of at any time, and any message twice."""
    a, b, c = (Named(id=new_id(), zh=zh, en=zh) for zh in ("甲", "乙", "丙"))

    def merged(survivor: Named, other: Named, hour: int, undone: int | None = None) -> list[Any]:
        facts = {"merger_id": new_id(), "survivor": survivor, "other": other, "ground": "duplicate"}
        facts["merged_at"] = NOW.replace(hour=hour)
        found = [enveloped(OrganizationsMerged(**facts), NOW, facts["merger_id"], 1, source="/alliances")]
        if undone:
            parted = OrganizationsUnmerged(**facts, unmerged_at=NOW.replace(hour=undone), reason="x")
            found.append(enveloped(parted, NOW, facts["merger_id"], 2, source="/alliances"))
        return found

    told = [*merged(b, a, 2, undone=3), *merged(c, a, 4), *merged(b, c, 5)]
    told += [
        enveloped(OrganizationRegistered(organization=each, kind="university", region="310115"), NOW, each.id)
        for each in (a, b, c)
    ]
    order = data.draw(st.permutations(told))
    events.deliver(*order, *data.draw(st.lists(st.sampled_from(told), max_size=3)))

    rows = {row[0]: row[-1] for row in _organizations(events)}
    assert {each.zh: rows[each.id] for each in (a, b, c)} == {"甲": b.id, "乙": b.id, "丙": b.id}


def _organizations(events: EventsHub) -> list[tuple[str, str | None]]:
    from sqlalchemy import select

    from services.events.directory.model import Organization

    with events.runtime.database.transaction(writes=False) as session:
        return [tuple(row) for row in session.execute(select(Organization.id, Organization.survivor_id))]

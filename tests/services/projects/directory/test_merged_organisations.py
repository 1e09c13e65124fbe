"""Merged organisations: a project and a plan that name either mean the one that stands."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kit.ids import new_id
from kit.rights.merged import survivors, survivors_by
from kit.rights.mergers import Merger, Told, keep_mergers
from tests.clock import NOW
from tests.services.projects.projects_hub import ANHUI, JIANGSU, ProjectsHub

MILESTONES = [{"title": "签约", "due_on": "2026-06-30"}]


def test_what_was_asked_of_either_is_answered_for_both(projects: ProjectsHub) -> None:
    lead = projects.organization("江苏大学", region=JIANGSU)
    survivor = projects.organization("黄山学院", region=ANHUI, representative="own")
    other = projects.organization("黄山学院（新）", region=ANHUI, representative="its")
    project = projects.ask(
        "open_project", title="合作", lead_organization_id=lead, participant_ids=[other], milestones=MILESTONES
    )
    assert projects.ask("project_invitations", "own")["nodes"] == []

    said = projects.merge(survivor, other)

    assert [each["id"] for each in projects.ask("project_invitations", "own")["nodes"]] == [project["id"]]
    projects.ask("accept_participation", "own", project_id=project["id"], organization_id=survivor)
    assert projects.ask("project_invitations", "its")["nodes"] == []
    with projects.refuses("ORGANIZATION_MERGED", "participantIds", organization=survivor):
        projects.ask(
            "open_project", title="再", lead_organization_id=lead, participant_ids=[other], milestones=MILESTONES
        )
    projects.unmerge(said)
    again = {"title": "再", "lead_organization_id": lead, "participant_ids": [other], "milestones": MILESTONES}
    assert projects.ask("open_project", **again)["title"] == "再"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=9), order=st.randoms())
def test_what_is_worked_out_of_the_mergers_that_are_tied_is_what_all_of_them_say(
    projects: ProjectsHub, told: list[tuple[int, int, bool]], order: Random
) -> None:
    """Any mergers, some undone, heard in any order, also such as no course of events would make."""
    ids = [new_id() for _ in range(6)]
    heard = [_told(ids, place, *each) for place, each in enumerate(told)]
    order.shuffle(heard)
    for one in heard:
        with projects.runtime.database.transaction() as session:
            keep_mergers(session, [one])
            rows = session.execute(
                select(Merger.other_id, Merger.survivor_id).where(*_standing(ids)).order_by(*_AS_MADE)
            )
            assert survivors(session, ids) == survivors_by((row.other_id, row.survivor_id) for row in rows)


_AS_MADE = (Merger.merged_at, Merger.id)


def _standing(ids: list[str]) -> tuple[Any, ...]:
    return Merger.unmerged_at.is_(None), Merger.survivor_id.in_(ids)


def _told(ids: list[str], place: int, survivor: int, other: int, undone: bool) -> Told:
    made = NOW + timedelta(hours=place)
    return Told(
        merger_id=new_id(),
        version=1 + undone,
        survivor_id=ids[survivor],
        other_id=ids[other if other != survivor else (other + 1) % len(ids)],
        merged_at=made,
        unmerged_at=made if undone else None,
    )

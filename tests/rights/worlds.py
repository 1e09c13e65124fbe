"""Worlds: for each service a running one with one of everything that somebody could have a right on."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from kit.files.stores import store_of
from kit.ids import new_id
from kit.work.job_rows import STOPPED, JobRow
from services.events.admission.quotas.model import Quota
from services.events.editions.phases.model import Phase
from services.events.judging.judges.model import Candidate, Draw, Seat
from tests.rights.trying import World
from tests.services.alliances.alliances_hub import ANHUI, HUANGSHAN_CITY, AlliancesHub
from tests.services.alliances.merging.mergers.merging import as_looked_at, merge
from tests.services.events.attachments.attaching import NAMES, Attaching
from tests.services.events.competitions.competing import a_track, an_edition
from tests.services.events.events_hub import SHANGHAI, EventsHub
from tests.services.events.fixtures.contesting import scheduled
from tests.services.events.judging.rejudging.test_rejudging import Rejudged
from tests.services.events.judging.results.judging import judged
from tests.services.events.judging.works.handing_in import announced, entered
from tests.services.events.recognition.awards.awarding import placed
from tests.services.notify.notify_hub import NotifyHub
from tests.services.projects.planning.plans.writing import PLAN
from tests.services.projects.projects_hub import ProjectsHub
from tests.services.service_hub import OFFICE, ServiceHub
from tests.services.uploading import a_pdf, keep_pieces, told

DIGEST = "0" * 64
NOWHERE = {"alliance_id": new_id(), "series_id": new_id(), "organization_id": new_id(), "province": ANHUI}


def alliances() -> World:
    hub = AlliancesHub()
    hub.begin()
    alliance, organization = hub.alliance(region=HUANGSHAN_CITY), hub.organization(region=HUANGSHAN_CITY)
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    keys = NOWHERE | pair
    given = {**keys, "region": HUANGSHAN_CITY, "job_id": a_job(hub), **_in_membership(hub, pair)}
    person = hub.ask("register_person", organization_id=organization["id"], name_zh="安红")
    duplicate = hub.ask("register_person", organization_id=organization["id"], name_zh="安红", main=False)
    [affiliation] = hub.ask("affiliations_of_persons", person_ids=[person["id"]])
    given |= {"person_id": person["id"], "duplicate_id": duplicate["id"], "affiliation_id": affiliation["id"]}
    change = hub.ask("propose_office_change", person="somebody-new", kind="appoint")
    given |= {"office_change_id": change["id"], "digest": change["digest"]}
    given["found_alliance()"] = {"region": HUANGSHAN_CITY}
    of_alliance = {"role": "secretariat", "scope_type": "alliance", "scope_id": alliance["id"]}
    invitation = hub.ask("invite_to_role", **of_alliance, name_zh="新人")
    given |= {"role_invitation_id": invitation["id"], "invite_to_role()": of_alliance}
    given["holders()"] = given["role_invitations()"] = {"scope_type": "organization", "scope_id": organization["id"]}
    given |= _in_papers(hub, {**pair, "alliance_id": hub.alliance()["id"]})
    given |= _in_registry(hub, organization["id"])
    given |= _in_merging(hub, organization)
    for method in ("preview_members", "import_members", "preview_organizations", "import_organizations"):
        given[f"{method}()"] = {"csv": "", "file": None}
    for method in ("grant_role", "revoke_role", "hand_over_role"):
        given[f"{method}()"] = of_alliance
    return World(hub, keys, given)


def _in_membership(hub: AlliancesHub, pair: dict[str, str]) -> dict[str, Any]:
    """An application of an organisation that was a member before, and whom it had then named."""
    left = hub.ask("admit_member", membership_id=hub.ask("apply_for_membership", **pair)["id"])
    named = {"membership_id": left["id"], "kind": "liaison", "name": "安红", "since": "2026-03-02"}
    delegate = hub.ask("name_delegate", **named)
    certificate = hub.ask("issue_membership_certificate", membership_id=left["id"], unprinted=True)
    hub.ask("withdraw_member", membership_id=left["id"], reason="因故")
    applied = hub.ask("apply_for_membership", **pair)["id"]
    return {
        "membership_id": applied,
        "membership_ids": [applied],
        "delegate_id": delegate["id"],
        "certificate_id": certificate["id"],
        "number": certificate["number"],
        "organization_ids": [pair["organization_id"]],
        "memberships()": {"status": "applied"},
    }


def _in_papers(hub: AlliancesHub, pair: dict[str, str]) -> dict[str, Any]:
    """A paper of an application that is not handed in yet, and another on its way."""
    file = {**pair, **told(a_pdf())}
    upload, begun = (hub.ask("begin_application_paper", **file) for _ in range(2))
    keep_pieces(store_of(hub.runtime.settings), upload, a_pdf())
    paper = hub.ask("complete_application_paper", upload_id=upload["id"])
    return {
        "paper_id": paper["id"],
        "complete_application_paper()": {"upload_id": begun["id"]},
        "begin_application_paper()": file,
    }


def _in_merging(hub: AlliancesHub, organization: dict[str, Any]) -> dict[str, Any]:
    """Another organisation of the same province, looked at before it is merged, and a merger of two more."""
    other, one, two = (hub.organization(region=HUANGSHAN_CITY) for _ in range(3))
    merger = merge(hub, one, two)
    return {
        "survivor_id": organization["id"],
        "other_id": other["id"],
        "merge_organizations()": as_looked_at(hub, organization, other),
        "merger_id": merger["id"],
        "duplicates()": {"province": ANHUI},
        "dismissals()": {"province": ANHUI},
        "dismissal_id": hub.ask("dismiss_duplicate", organization_id=one["id"], other_id=other["id"], reason="两校")[
            "id"
        ],
    }


def _in_registry(hub: AlliancesHub, organization_id: str) -> dict[str, Any]:
    """A relation, a succession and an office contact."""
    other, gone = (hub.organization(region=HUANGSHAN_CITY)["id"] for _ in range(2))
    which = {"organization_id": organization_id, "to_id": other, "kind": "campus_of", "reason": "隶属"}
    ended = {"to_ids": [], "kind": "dissolved", "on": "2026-01-01", "reason": "撤销"}
    reached = {"organization_id": organization_id, "position": "1", "phone": "12345"}
    return {
        "relation_id": hub.ask("relate_organizations", **which)["id"],
        "succession_id": hub.ask("succeed_organizations", from_ids=[gone], **ended)["id"],
        "contact_id": hub.ask("set_office_contact", **reached)["id"],
        "to_id": other,
        "succeed_organizations()": {"from_ids": [organization_id], **ended},
        "end_relation()": {"on": "2026-03-02"},
    }


def projects() -> World:
    hub = ProjectsHub()
    lead = hub.organization("黄山学院", region=HUANGSHAN_CITY)
    partners = [hub.organization("江苏大学", region="320000"), hub.organization("上海大学", region="310000")]
    agreed = {"title": "合作", "lead_organization_id": lead, "participant_ids": partners}
    milestones = [{"title": "签约", "due_on": "2026-06-30"}]
    project = hub.ask("open_project", OFFICE, **agreed, milestones=milestones)
    [milestone] = hub.ask("milestones", project_ids=[project["id"]])
    given = {"milestone_id": milestone["id"], "job_id": a_job(hub), "text": PLAN, **agreed, "project_id": project["id"]}
    given["organization_id"] = lead
    given["import_plan()"] = {"region": HUANGSHAN_CITY}
    year = {"year": 2027, "province": "340000", "days": [{"day": "2027-02-08", "kind": "holiday"}]}
    given["amend_calendar()"] = given["confirm_calendar_year()"] = year
    return World(hub, NOWHERE | {"organization_id": lead}, given)


def notify() -> World:
    hub = NotifyHub()
    return World(hub, NOWHERE, {"job_id": a_job(hub), "notice_id": new_id(), "delivery_id": new_id()})


def events() -> World:
    """A stage that was judged and announced, and is judged again for an objection."""
    hub = EventsHub()
    stage = judged(hub)
    stage.announce()
    draft = hub.ask("draft_competition", series_id=stage.series_id, **facts_of_a_draft(hub))
    again = Rejudged(stage)
    keys = NOWHERE | {
        "series_id": stage.series_id,
        "organization_id": stage.organizations["A"],
        "province": SHANGHAI,
    }
    given = {
        **keys,
        **rows(hub, stage.competition_id),
        "competition_id": stage.competition_id,
        "stage_id": stage.stage_id,
        "entry_id": stage.entries["A"],
        "sheet_id": next(iter(stage.assignments.values())),
        "result_id": stage.result("organizer")["id"],
        "objection_id": again.objection["id"],
        "rejudging_id": again.id,
        "ruling_id": new_id(),
        "member_id": new_id(),
        "digest": DIGEST,
        "difference_digest": DIGEST,
        "commitment": DIGEST,
        "job_id": a_job(hub),
        "discard_draft()": {"competition_id": draft["id"]},
    }
    given["motion_id"] = hub.ask("replace_judge", "organizer", seat_id=given["seat_id"], reason="急病")["motion_id"]
    given |= {"entry_ids": [given["entry_id"]], "secret": DIGEST, "nonce": DIGEST, "host_region": HUANGSHAN_CITY}
    given |= {"file": b64encode(b"roster").decode(), "begin_upload()": announced(given["entry_id"], a_pdf())}
    given["declare_conflict()"] = {"organization_id": keys["organization_id"]}
    given["return_places()"] = {"quota_id": places_of(hub, given["quota_id"], keys["organization_id"])}
    given["entries"] = [{"track_id": given["track_id"], "organization_id": keys["organization_id"], "contestant": "甲"}]
    given["tracks"] = [a_track()]
    given["shares"] = [{"organization_id": keys["organization_id"], "places": 1}]
    given["track_ids"] = [given["track_id"]]
    given["draft_competition()"] = {"series_id": stage.series_id}
    said = {"competition_id": stage.competition_id, "to": "entrants", "title_zh": "通知", "text_zh": "请准时报到。"}
    given["announcement_id"] = hub.ask("draft_announcement", "organizer", **said)["id"]
    given["draft_announcement()"] = said
    given |= _attached(hub, stage.competition_id)
    given["line"] = [{"province": SHANGHAI, "entries": 1}]
    asked = {"competition_id": stage.competition_id, "organization_id": keys["organization_id"], "text": "几点报到？"}
    hub.grant("asker", Role.REPRESENTATIVE, Scope.organization(keys["organization_id"]))
    given["question_id"] = hub.ask("ask_question", "asker", **asked)["id"]
    given["ask_question()"] = asked
    return World(hub, keys, given)


def _attached(hub: EventsHub, competition_id: str) -> dict[str, Any]:
    """An attachment, another that was removed, and a third on its way."""
    contest = Attaching(hub, {"id": competition_id})
    first, second = (contest.attach(reason="补充") for _ in range(2))
    hub.ask("remove_attachment", attachment_id=second["id"], reason="误传")
    begun = contest.begin(a_pdf(), reason="补充")
    return {
        "attachment_id": first["id"],
        "attachment_ids": [first["id"]],
        "begin_attachment()": {"competition_id": competition_id, **NAMES, **told(a_pdf()), "reason": "补充"},
        "complete_attachment()": {"upload_id": begun["id"]},
        "remove_attachment()": {"attachment_id": first["id"], "reason": "误传"},
        "rename_attachment()": {"attachment_id": first["id"], "name_zh": "规程", "name_en": "Rules", "reason": "更正"},
        "restore_attachment()": {"attachment_id": second["id"], "reason": "误删"},
    }


def facts_of_a_draft(hub: ServiceHub) -> dict[str, Any]:
    opens, closes = (hub.clock.now() + timedelta(days=days) for days in (1, 31))
    times = {"opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
    works = {"opens_at": closes.isoformat(), "closes_at": (closes + timedelta(days=7)).isoformat()}
    facts = an_edition(number=15, phases=[{"round": 1, "kind": "works", **works}], **times)
    del facts["series"]
    return facts


def fixtures() -> World:
    hub = EventsHub()
    stage_id = scheduled(hub)
    [fixture, *_] = hub.ask("fixtures", stage_id=stage_id)["nodes"]
    given: dict[str, Any] = {"fixture_id": fixture["id"]}
    for method in ("record_fixture_score", "correct_fixture_score"):
        given[f"{method}()"] = {"home": 1, "away": 0}
    return World(hub, NOWHERE | {"series_id": series_of(hub)}, given)


def awards() -> World:
    hub = EventsHub()
    stage = placed(hub)
    stage.grant()
    return World(hub, NOWHERE | {"series_id": stage.series_id}, {"award_id": stage.award("a")["id"]})


def uploads() -> World:
    hub = EventsHub()
    entry = entered(hub)
    found = hub.ask("entries_by_id", ids=[entry.entry_id])[0]
    keys = {"series_id": series_of(hub), "organization_id": entry.organization_id, "province": found["province"]}
    attached = Attaching(hub, {"id": found["competition_id"]}).begin(a_pdf(), reason="补充")
    given = {"upload_id": entry.begin(a_pdf())["id"], "complete_attachment()": {"upload_id": attached["id"]}}
    return World(hub, NOWHERE | keys, given)


def rows(hub: ServiceHub, competition_id: str) -> dict[str, Any]:
    """The ids of what an edition is made of."""
    with hub.runtime.database.transaction(writes=False) as session:
        quota = session.scalars(select(Quota).where(Quota.province == SHANGHAI)).all()
        [edition] = hub.ask("competitions_by_id", ids=[competition_id])
        track_id = edition["tracks"][0]["id"]
        return {
            "track_id": track_id,
            "quota_id": next(each.id for each in quota if each.track_id == track_id),
            "phase_id": session.scalars(select(Phase.id)).first(),
            "candidate_id": session.scalars(select(Candidate.id)).first(),
            "draw_id": session.scalars(select(Draw.id)).first(),
            "seat_id": session.scalars(select(Seat.id)).first(),
        }


def places_of(hub: ServiceHub, quota_id: str, organization_id: str) -> str:
    """The id of a quota that an organisation has of a province's places."""
    with hub.runtime.database.transaction() as session:
        above = session.get_one(Quota, quota_id)
        columns = {each.key: getattr(above, each.key) for each in Quota.__mapper__.column_attrs}
        given = {"id": new_id(), "parent_id": above.id, "organization_id": organization_id}
        session.add(Quota(**columns | given))
    return given["id"]


def series_of(hub: ServiceHub) -> str:
    [series] = hub.ask("series")["nodes"]
    return str(series["id"])


def a_job(hub: ServiceHub) -> str:
    """A job that somebody else has asked for."""
    id_, now = new_id(), hub.clock.now()
    said = {"name": "anything", "asked_by": "somebody else", "locale": "en", "correlation_id": "test"}
    with hub.runtime.database.transaction() as session:
        session.add(JobRow(id=id_, created_at=now, ended_at=now, state=STOPPED, **said))
    return id_

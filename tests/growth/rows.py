"""Rows: what the columns of filled tables say, as SQL of the row's number `i`, where a name or a type does not tell enough.

`{table}` stands for the ids of that table spread evenly, `{table:1}` for the id of its first row, `{table#1}` for that within
a text.
"""

from __future__ import annotations

from collections.abc import Mapping


def _one_of(*values: str) -> str:
    """These in turn, for the large parent and for the others."""
    return f"(ARRAY[{', '.join(map(repr, values))}])[1 + (i / 2) % {len(values)}]"


def _seldom(seldom: str, mostly: str, every: int = 100) -> str:
    return f"CASE WHEN i % {every} = 2 THEN {seldom} ELSE {mostly} END"


NOW = "TIMESTAMPTZ '2026-01-01 00:00Z'"
BEFORE, AFTER = f"{NOW} - INTERVAL '400 days'", f"{NOW} + INTERVAL '4000 days'"
PROVINCE = _one_of("310000", "320000", "330000", "340000")
REGION = f"CASE WHEN i % 1000 = 8 THEN '341004' ELSE {_one_of('310115', '320102', '330106', '341003')} END"
NUMBERED = "'person' || i"

OF_PEOPLE = {"person", "recipient", "asked_by", "viewer"}
REFERS: Mapping[str, str] = {
    "organization_id": "organizations",
    "alliance_id": "alliances",
    "quota_id": "quota_tree",
    "holder_id": "entries",
    "seat_id": "judge_seats",
    "membership_id": "memberships",
    "grant_id": "grants",
    "scope_id": "tracks",
}
VIEWERS: Mapping[str, tuple[str, str, str]] = {
    "hub-office": ("hub_office", "hub", "hub"),
    "organizer": ("organizer", "event", "{series#1}"),
    "supervisor": ("supervisor", "event", "{series#1}"),
    "arbitrator": ("arbitrator", "event", "{series#1}"),
    "leader": ("delegation_leader", "delegation", "{series#1}:340000"),
    "province-office": ("province_office", "province", "340000"),
    "secretariat": ("secretariat", "alliance", "{alliances#1}"),
    "representative": ("representative", "organization", "{organizations#1}"),
}
"""Who asks, beside `somebody`, to whom every even row of people's own belongs, and a visitor; with the role of each."""


def _of_viewers(part: int, others: str) -> str:
    texts = [viewer if part == 0 else VIEWERS[viewer][part - 1] for viewer in VIEWERS]
    listed = ", ".join(f"'{each}'" for each in texts)
    return f"CASE WHEN i <= {len(texts)} THEN (ARRAY[{listed}])[i] ELSE {others} END"


ROWS: Mapping[str, str] = {
    # what is called the same everywhere
    "version": "1",
    "province": PROVINCE,
    "region": REGION,
    "host_region": "'310000'",
    "subject_version": "1",
    "attempts": "0",
    # kit
    "outbox.sent_at": NOW,
    "outbox.state": "'waiting'",
    "outbox.subject_type": "'membership'",
    "outbox.subject_id": "CASE WHEN i % 2 = 0 THEN '{memberships#1}' ELSE {memberships}::text END",
    "outbox.subject_version": "i",
    "due.state": "'waiting'",
    "due.due_at": AFTER,
    "jobs.state": "'done'",
    "grants.person": _of_viewers(0, NUMBERED),
    "grants.role": _of_viewers(1, "'representative'"),
    "grants.scope_type": _of_viewers(2, "'organization'"),
    "grants.scope_id": _of_viewers(3, "{organizations}::text"),
    # alliances
    "organizations.kind": _seldom("'government_office'", "'university'", 1000),
    "organizations.credit_code": "'91310000' || lpad(i::text, 9, '0') || 'X'",
    "organization_names.organization_id": "{organizations}",
    "organization_fragments.owner_id": "{organizations}",
    "alliance_fragments.owner_id": "{alliances}",
    "edition_fragments.owner_id": "{editions}",
    "plan_fragments.owner_id": "{plans}",
    "project_fragments.owner_id": "{projects}",
    "inside": "i % 3 = 0",
    "spelling": "2",
    "alliances.kind": _seldom("'mechanism'", "'other'", 1000),
    "alliances.founded_on": "NULL",
    "memberships.organization_id": "{organizations}",
    "delegates.membership_id": "{memberships}",  # few speak for one member, and few bodies employ one person
    "affiliations.person_id": "{persons}",
    "relations.kind": _one_of("subordinate_to", "campus_of", "college_of", "group_led_by", "continued_by"),
    "merger_facts.id": "{mergers}",
    "dismissals.earlier_id": "{organizations}",
    "dismissals.later_id": "{organizations}",
    "dismissals.withdrawn_at": "NULL",
    "planned_moves.organization_id": "{organizations}",
    "alliance_links.alliance_id": "{alliances}",
    "alliance_links.parent_id": "{alliances:1}",
    "memberships.status": _seldom("'applied'", "'member'"),
    "membership_steps.status": "'member'",
    "membership_steps.membership_id": "{memberships}",
    "invitation_letters.expires_at": AFTER,  # of those that are over the address goes, and with it they leave the index
    "contact_sightings.thing": "CASE WHEN i % 2 = 0 THEN '{organizations#1}' ELSE {organizations}::text END",
    "office_changes.person": NUMBERED,
    "office_changes.kind": "'appoint'",
    "office_changes.signed_by": _seldom("NULL", "'another'"),
    "ended_sessions.person": NUMBERED,
    # editions, in events
    "editions.status": _seldom("'published'", _seldom("'draft'", "'closed'", 98)),
    "editions.published_at": "CASE WHEN i % 98 = 2 THEN NULL ELSE " + NOW + " END",
    "editions.opens_at": BEFORE,
    "editions.closes_at": f"CASE WHEN i % 100 = 2 THEN {AFTER} ELSE {BEFORE} + INTERVAL '1 day' END",
    "editions.alliance_id": "{alliances:1}",
    "tracks.kind": "'team'",
    "tracks.edition_id": "{editions}",
    "rounds.edition_id": "{editions}",
    "stages.edition_id": "{editions}",
    "stages.round_id": "{rounds}",
    "stages.track_id": "{tracks}",
    "venues.edition_id": "{editions}",
    "rounds.level": "'province'",
    "rule_sets.number": "1",
    "rule_sets.edition_id": "{editions}",
    "phases.round_id": "{rounds}",
    "phases.edition_id": "{editions}",
    "phases.kind": "'judging'",
    "phases.opens_at": BEFORE,
    "phases.closes_at": AFTER,
    "phases.state": "'open'",
    "stages.status": "'running'",
    "alliance_members.alliance_id": "{alliances:1}",
    "alliance_members.status": "'member'",
    "arbitrators.person": NUMBERED,
    "alliance_consents.alliance_id": "{alliances}",
    # admission
    "entries.status": _seldom("'waiting'", "'entered'"),
    "entries.quota_id": "CASE WHEN i % 2 = 0 THEN {quota_tree:1} ELSE {quota_tree} END",
    "entries.organization_id": "CASE WHEN i % 50 = 2 THEN {organizations:1} ELSE {organizations} END",
    "quota_tree.parent_id": "CASE WHEN i = 1 THEN NULL ELSE {quota_tree:1} END",
    "quota_tree.level": "CASE WHEN i = 1 THEN 'region' ELSE 'institution' END",
    "quota_tree.organization_id": "CASE WHEN i = 1 THEN NULL ELSE {organizations} END",
    "quota_tree.issued": "10",
    "quota_tree.held": "10",
    **{f"quota_tree.{book}": "0" for book in ("allocated", "returned", "taken", "offered", "waiting", "freed")},
    "members.role": "'contestant'",
    "members.entry_id": "{entries}",
    "participants.entry_id": "{entries}",
    "participants.status": _seldom("'invited'", "CASE WHEN i % 2 = 0 THEN 'accepted' ELSE 'competing' END"),
    "entry_sightings.thing": "CASE WHEN i % 2 = 0 THEN '{entries#1}' ELSE {entries}::text END",
    "waiting_decisions.entry_id": "CASE WHEN i % 2 = 0 THEN {entries:1} ELSE {entries} END",
    "waiting_decisions.reason": "'no_place_free'",
    # judging
    "works.entry_id": "{entries}",
    "works.place": "1",
    "works.counts": "1",
    "work_versions.number": "1",
    "work_versions.work_id": "{works}",
    "uploads.size": "1",
    "seals.opened_by": "'supervisor'",
    "seals.opened_role": "'supervisor'",
    "seals.requested_by": "'organizer'",
    "seals.requested_role": "'organizer'",
    "seals.opened_at": NOW,
    "score_sheet_locks.rules_version": "1",
    "judge_candidates.person": NUMBERED,
    "judge_candidates.status": "'nominated'",
    "judge_candidates.track_ids": "'[]'",
    "judge_ties.kind": "'nominated_from'",
    "judge_ties.candidate_id": "{judge_candidates}",
    "judge_ties.organization_id": "{organizations}",
    "judge_ties.entry_id": "NULL",
    "blind_codes.entry_id": "{entries}",
    "draw_parties.draw_id": "{draws}",
    "draw_parties.person": NUMBERED,
    "draw_departures.draw_id": "{draws}",
    "draw_departures.candidate_id": "{judge_candidates}",
    "draws.status": "'cancelled'",
    "judge_seats.candidate_id": "{judge_candidates}",
    "judge_seats.draw_id": "{draws}",
    "judge_seats.stage_id": "CASE WHEN i <= 40 THEN {stages:1} ELSE {stages} END",
    "judge_seats.person": "CASE WHEN i = 1 OR i % 2 = 0 THEN 'somebody' ELSE 'person' || i END",
    "judge_seats.status": "CASE WHEN i = 1 THEN 'accepted' ELSE 'declined' END",
    "score_sheets.status": _seldom("'draft'", "'submitted'"),
    "score_sheets.seat_id": "CASE WHEN i % 2 = 0 THEN {judge_seats:1} ELSE {judge_seats} END",
    "score_sheet_versions.sheet_id": "{score_sheets}",
    "judge_assignments.seat_id": "CASE WHEN i % 2 = 0 THEN {judge_seats:1} ELSE {judge_seats} END",
    "results.status": "'final'",
    "results.edition_id": "CASE WHEN i % 2 = 0 THEN {editions:1} ELSE {editions} END",
    "results.open_objections": "0",
    "result_versions.result_id": "{results}",
    "result_versions.status": "'announced'",
    "result_versions.signed_by": "'supervisor'",
    "result_rows.entry_id": "{entries}",
    "result_rows.shown": "true",
    "objections.person": "CASE WHEN i % 100 = 2 THEN 'somebody' ELSE 'person' || i END",
    "objections.status": "'dismissed'",
    "objections.closed_at": NOW,
    "arbitrator_seats.objection_id": "{objections}",
    "arbitrator_seats.person": "CASE WHEN i % 100 = 2 THEN 'somebody' ELSE 'person' || i END",
    "arbitrator_seats.arbitrator_id": "{arbitrators}",
    "rejudgings.status": "'cancelled'",
    "rulings.kind": "'sheet_excluded'",
    "rulings.lifted_at": NOW,
    "motions.act": "'cancel_draw'",
    "motions.status": _seldom("'proposed'", "'carried'"),
    "motions.signed_by": _seldom("NULL", "'another'"),
    # fixtures and honours
    "fixtures.stage_id": "CASE WHEN i <= 500 THEN {stages:1} ELSE {stages} END",
    "fixtures.edition_id": "CASE WHEN i <= 500 THEN {editions:1} ELSE {editions} END",
    "fixtures.kind": "'group'",
    "fixtures.status": "'scheduled'",
    "fixtures.starts_at": NOW,
    "fixtures.ends_at": NOW,
    "fixtures.group": "'A'",
    "fixtures.venue_id": "{venues}",
    "fixtures.home_id": "{entries}",
    "fixtures.away_id": "NULL",
    "score_records.fixture_id": "{fixtures}",
    "score_records.record": "1",
    "group_places.list_id": "{fixture_lists}",
    "group_places.entry_id": "{entries}",
    "group_places.group": "'A'",
    "awards.kind": _seldom("'adviser'", "'entry'"),
    "awards.status": "'granted'",
    "announcements.to": "'entrants'",
    "announcements.status": _seldom("'scheduled'", "'sent'"),
    "announcements.goes_at": NOW,
    "announcement_hearers.heard_as": "'representative'",
    "announcement_hearers.hearer": "{organizations}::text",
    "questions.status": _seldom("'open'", "'answered'"),
    "questions.public": _seldom("true", "false"),
    "questions.slot": "i",
    "questions.answers": "1",
    "awards.entry_id": "{entries}",
    "certificates.award_id": "{awards}",
    # notify
    "announcements.rule": "'member_admitted'",
    "announcements.facts": """'{"organization": {"zh": "学", "en": "U"}, "alliance": {"zh": "盟", "en": "A"}}'""",
    "notices.read_at": _seldom("NULL", NOW),
    "notices.message_id": "{announcements}",
    "notices.role": "'representative'",
    "deliveries.notice_id": "{notices}",
    "deliveries.state": _seldom("'parked'", "'done'"),
    "deliveries.channel": "'email'",
    "tenures.scope_type": "'organization'",
    "addressees.scope_type": "'organization'",
    "attachments.edition_id": "{editions}",  # rules bound how many one has
    "attachments.latest": "1",
    "attachments.removed_at": _seldom(BEFORE, "NULL"),
    "attachment_files.attachment_id": "{attachments}",
    "attachment_files.number": "1",
    "attachment_files.erased_at": "NULL",
    # projects
    "plans.public": "i % 100 <> 2",
    "plans.region": PROVINCE,
    "work_items.kind": "'work_point'",
    "targets.comparator": "'gte'",
    "responsible_units.name": "CASE WHEN i % 2 = 0 THEN '教育局' ELSE 'name' || i END",
    "organization_names.name": "CASE WHEN i = 1 THEN '教育局' ELSE 'name' || i END",
    "responsible_units.item_id": "{work_items}",
    "responsible_units.place": "0",
    "item_deadlines.item_id": "{work_items}",
    "targets.item_id": "{work_items}",
    "milestones.project_id": "{projects}",
    "projects.lead_organization_id": "{organizations}",
    "participants.project_id": "{projects}",
    "participants.answered_at": NOW,
    "participants.organization_id": "CASE WHEN i % 100 = 2 THEN {organizations:1} ELSE {organizations} END",
}

"""The rules of an edition: complete with the defaults, checked, versioned, and never changed once public."""

from __future__ import annotations

from typing import Any

import pytest

from services.events.admission.quotas.rules import QuotasForm
from services.events.competitions.sections import SECTIONS
from services.events.editions.rulesets.reading import rulebook, section_of
from tests.services.events.competitions.competing import ORGANIZER, a_track, an_edition, drafted, opened, published
from tests.services.events.events_hub import EventsHub


def rules_of(events: EventsHub, competition_id: str) -> list[dict[str, Any]]:
    versions: list[dict[str, Any]] = events.ask("rule_sets", ORGANIZER, competition_ids=[competition_id])
    return versions


def test_the_defaults_are_a_whole_rule_set() -> None:
    assert set(rulebook().defaults) == {form.name for form in SECTIONS}
    for form in SECTIONS:
        assert form().load(rulebook().defaults[form.name])


def test_a_draft_without_rules_has_the_defaults(events: EventsHub) -> None:
    competition = drafted(events)

    (first,) = rules_of(events, competition["id"])

    assert first["version"] == 1
    assert first["document"] == {**rulebook().defaults, "tracks": {}}
    assert first["reason"] == ""


def test_a_track_may_have_rules_of_its_own(events: EventsHub) -> None:
    rules = {"quotas": {"direct": 2}, "tracks": {"B": {"quotas": {"reallocate": "keep"}}}}
    competition = drafted(events, tracks=[a_track(), a_track("初中组")], rules=rules)

    document = rules_of(events, competition["id"])[0]["document"]

    of_a, of_b = (section_of(document, code, QuotasForm) for code in "AB")
    assert (of_a.direct, of_a.reallocate, of_b.direct, of_b.reallocate) == (2, "waiting", 2, "keep")


def test_rules_are_completed_at_every_depth(events: EventsHub) -> None:
    competition = drafted(events, rules={"scoring": {"rounding": {"digits": 1}}})

    document = rules_of(events, competition["id"])[0]["document"]

    assert document["scoring"]["rounding"] == {**rulebook().defaults["scoring"]["rounding"], "digits": 1}


@pytest.mark.parametrize(
    ("rules", "code", "field"),
    [
        ({"quotas": {"direct": -1}}, "OUT_OF_RANGE", "rules.quotas.direct"),
        ({"quotas": {"share": 0.03}}, "INVALID", "rules.quotas.share"),
        ({"quotas": {"rule": 1}}, "UNKNOWN_FIELD", "rules.quotas.rule"),
        ({"quotas": 7}, "INVALID", "rules.quotas"),
        ({"quotes": {}}, "UNKNOWN_FIELD", "rules.quotes"),
        ({"tracks": {"Z": {}}}, "UNKNOWN_FIELD", "rules.tracks.Z"),
        ({"tracks": {"A": {"quotas": {"reallocate": "never"}}}}, "NOT_ONE_OF", "rules.tracks.A.quotas.reallocate"),
    ],
)
def test_rules_that_say_nothing_sensible_are_refused(
    events: EventsHub, rules: dict[str, Any], code: str, field: str
) -> None:
    problems = events.refusals("draft_competition", **an_edition(rules=rules))

    assert [(problem["code"], problem["field"]) for problem in problems] == [(code, field)]


def test_amended_rules_are_a_new_version_and_who_has_entered_is_told_why(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.ask("submit_entry", track_id=track_id, organization_id=organization_id, contestant="甲")
    competition_id = events.ask("competitions")["nodes"][0]["id"]
    said = len(events.said())

    amended = events.ask(
        "amend_rules", ORGANIZER, competition_id=competition_id, rules={"quotas": {"direct": 3}}, reason="名额调整"
    )

    first, second = rules_of(events, competition_id)
    assert (amended["version"], second["reason"], second["document"]["quotas"]["direct"]) == (2, "名额调整", 3)
    assert first["document"]["quotas"]["direct"] == 1
    ((type_, data),) = events.said(since=said)
    assert (type_, data["rules_version"], data["reason"]) == ("events.rules_amended", 2, "名额调整")
    assert data["organization_ids"] == [organization_id]
    with events.refuses("RULES_UNCHANGED", "rules"):
        events.ask(
            "amend_rules", ORGANIZER, competition_id=competition_id, rules={"quotas": {"direct": 3}}, reason="again"
        )


def test_rules_are_amended_by_the_organizers_of_what_is_public(events: EventsHub) -> None:
    draft, public = drafted(events), published(events, series={"name_zh": "系列二", "name_en": "Second"})

    with events.refuses("NOT_PUBLISHED", "competitionId"):
        events.ask("amend_rules", competition_id=draft["id"], rules={}, reason="x")
    with events.refuses("NOT_ALLOWED"):
        events.ask("amend_rules", "somebody", competition_id=public["id"], rules={}, reason="x")

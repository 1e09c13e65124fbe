"""The rules of an edition: complete with the defaults, checked, versioned, and never changed once public."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.events.admission.quotas.rules import QuotasForm
from services.events.competitions.sections import SECTIONS
from services.events.editions.rulesets.reading import rulebook, section_of
from services.events.judging.works.rules import WorksForm
from tests.reporting.founding import FOUNDING_PAPERS
from tests.services.events.competitions.competing import ORGANIZER, a_track, an_edition, drafted, opened, published
from tests.services.events.events_hub import EventsHub


def rules_of(events: EventsHub, competition_id: str) -> list[dict[str, Any]]:
    versions: list[dict[str, Any]] = events.ask("rule_sets", ORGANIZER, competition_ids=[competition_id])
    return versions


def only(**which: str) -> dict[str, Any]:
    """Only organisations of this one kind or place may enter."""
    return {"entries": {"eligibility": [{"kind": kind, "values": [value]} for kind, value in which.items()]}}


def works_of(media_type: str, extension: str) -> dict[str, Any]:
    return {"works": {"media_types": [{"type": media_type, "extension": extension}]}}


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
        (only(province="999999"), "UNKNOWN_REGION", "rules.entries.eligibility.0.values"),
        (only(province="310115"), "UNKNOWN_REGION", "rules.entries.eligibility.0.values"),
        (only(region="341099"), "UNKNOWN_REGION", "rules.entries.eligibility.0.values"),
        (only(organization_kind="kiosk"), "NOT_ONE_OF", "rules.entries.eligibility.0.values"),
        ({"tracks": {"A": only(province="999999")}}, "UNKNOWN_REGION", "rules.tracks.A.entries.eligibility.0.values"),
        (works_of("text/html", "html"), "MEDIA_TYPE_RUNS", "rules.works.media_types.0.type"),
        (works_of("image/svg+xml", "svg"), "MEDIA_TYPE_RUNS", "rules.works.media_types.0.type"),
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


def test_rules_that_were_kept_before_they_were_refused_are_read_all_the_same() -> None:
    works = {**rulebook().defaults["works"], **works_of("text/html", "html")["works"]}

    assert section_of({"works": works}, "A", WorksForm).media_types == {"text/html": "html"}


@pytest.mark.founding
@pytest.mark.parametrize("name", ["a province that is none", "HTML works"])
def test_the_rules_of_the_cases_are_refused(events: EventsHub, name: str) -> None:
    cases = json.loads((FOUNDING_PAPERS / "cases/inputs/rules-accepted.json").read_text(encoding="utf-8"))
    assert events.refusals("draft_competition", **an_edition(rules=cases["rules"][name]))

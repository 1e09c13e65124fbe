"""Eligibility: each clause that fails says so by a code of its own, with the field concerned."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.admission.eligibility import ClauseKind, Within
from contracts.events.admission.entries import MemberRole
from contracts.forms import read
from contracts.refusals import InvalidInput
from services.events.admission.entries.eligibility import Clause, Facts, MemberFacts, failures
from services.events.admission.entries.rules import EntriesForm, EntriesRules
from services.events.editions.rulesets.reading import rulebook

K, CONTESTANT, ADVISER = ClauseKind, MemberRole.CONTESTANT, MemberRole.ADVISER
HOME = "organization"


def facts(*members: MemberFacts, **given: Any) -> Facts:
    """An entry of a university in Hefei."""
    return Facts(
        **{"organization_id": HOME, "organization_kind": "university", "region": "340104", **given}, members=members
    )


def contestant(key: str | None = None, organization_id: str = HOME) -> MemberFacts:
    return MemberFacts(CONTESTANT, organization_id, key)


def failed(clause: Clause, about: Facts) -> list[tuple[str, str | None, dict[str, Any]]]:
    return [(refusal.code, refusal.field, refusal.params) for refusal in failures([clause], about)]


@pytest.mark.parametrize(
    ("clause", "passes", "fails", "refusal"),
    [
        (
            Clause(K.ORGANIZATION_KIND, frozenset({"university"})),
            facts(),
            facts(organization_kind="enterprise"),
            ("ORGANIZATION_KIND_NOT_ELIGIBLE", "organizationId", {}),
        ),
        (
            Clause(K.PROVINCE, frozenset({"340000", "310000"})),
            facts(),
            facts(region="320100"),
            ("PROVINCE_NOT_ELIGIBLE", "organizationId", {}),
        ),
        (
            Clause(K.REGION, frozenset({"340100", "310115"})),
            facts(),
            facts(region="340200"),
            ("REGION_NOT_ELIGIBLE", "organizationId", {}),
        ),
        (
            Clause(K.MEMBERS, role=CONTESTANT, least=2, most=3),
            facts(contestant(), contestant()),
            facts(contestant(), MemberFacts(ADVISER, HOME)),
            ("CONTESTANTS_TOO_FEW", "members", {"least": 2}),
        ),
        (
            Clause(K.MEMBERS, role=CONTESTANT, least=1, most=1),
            facts(contestant()),
            facts(contestant(), contestant()),
            ("CONTESTANTS_TOO_MANY", "members", {"most": 1}),
        ),
        (
            Clause(K.MEMBERS, role=ADVISER, least=1, most=2),
            facts(MemberFacts(ADVISER, HOME)),
            facts(contestant()),
            ("ADVISERS_TOO_FEW", "members", {"least": 1}),
        ),
        (
            Clause(K.MEMBERS, role=ADVISER, least=0, most=0),
            facts(contestant()),
            facts(MemberFacts(ADVISER, HOME)),
            ("ADVISERS_TOO_MANY", "members", {"most": 0}),
        ),
        (
            Clause(K.ONE_INSTITUTION, role=CONTESTANT),
            facts(contestant(), MemberFacts(ADVISER, "elsewhere")),
            facts(contestant(), contestant(organization_id="elsewhere")),
            ("MEMBER_OF_OTHER_INSTITUTION", "members.1.organizationId", {}),
        ),
        (
            Clause(K.PERSON_NUMBER, role=CONTESTANT),
            facts(contestant("key"), MemberFacts(ADVISER, HOME)),
            facts(contestant("key"), contestant()),
            ("PERSON_NUMBER_REQUIRED", "members.1.personNumber", {}),
        ),
        (
            Clause(K.PERSON_ENTRIES, role=CONTESTANT, within=Within.SERIES, most=2),
            facts(
                contestant("key"), counts={(Within.SERIES, CONTESTANT, "key"): 1, (Within.TRACK, CONTESTANT, "key"): 9}
            ),
            facts(contestant("key"), counts={(Within.SERIES, CONTESTANT, "key"): 2}),
            ("PERSON_ENTERED_IN_SERIES", "members.0.personNumber", {"most": 2}),
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Clause) else "",
)
def test_a_clause_fails_with_its_code(clause: Clause, passes: Facts, fails: Facts, refusal: Any) -> None:
    assert failed(clause, passes) == []
    assert failed(clause, fails) == [refusal]


def test_an_organization_of_unknown_kind_is_not_refused_for_it() -> None:
    assert failed(Clause(K.ORGANIZATION_KIND, frozenset({"university"})), facts(organization_kind=None)) == []


def test_one_person_cannot_be_two_members() -> None:
    twice = facts(contestant("key"), MemberFacts(ADVISER, HOME, "key"))

    assert [(refusal.code, refusal.field) for refusal in failures([], twice)] == [
        ("MEMBER_TWICE", "members.1.personNumber")
    ]


@given(
    numbers=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    sizes=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
)
def test_sizes_are_refused_exactly_outside_their_bounds(numbers: tuple[int, int], sizes: list[int]) -> None:
    members = [contestant()] * numbers[0] + [MemberFacts(ADVISER, HOME)] * numbers[1]
    least, most = sizes

    for role, number in zip((CONTESTANT, ADVISER), numbers, strict=True):
        fine = failed(Clause(K.MEMBERS, role=role, least=least, most=most), facts(*members)) == []
        assert fine == (least <= number <= most)


def said(**given: Any) -> dict[str, Any]:
    return {**rulebook().defaults["entries"], **given}


def rules(**given: Any) -> EntriesRules:
    return EntriesForm().load(said(**given))  # type: ignore[return-value]


def test_the_rules_of_an_individual_track_are_those_of_one_contestant() -> None:
    clauses = {clause.role: clause for clause in rules(team_least=3).clauses("individual") if clause.kind == K.MEMBERS}

    assert (clauses[CONTESTANT].least, clauses[CONTESTANT].most) == (1, 1)


def test_the_rules_of_a_team_track_are_its_sizes_limits_and_clauses() -> None:
    given = rules(
        team_least=2,
        team_most=5,
        cross_institution=False,
        person_number_required=True,
        person_limits=[{"role": "adviser", "within": "edition", "most": 3}],
        eligibility=[{"kind": "province", "values": ["340000"]}],
    )

    clauses = list(given.clauses("team"))

    assert Clause(K.PROVINCE, frozenset({"340000"})) in clauses
    assert Clause(K.MEMBERS, role=CONTESTANT, least=2, most=5) in clauses
    assert Clause(K.PERSON_ENTRIES, role=ADVISER, within=Within.EDITION, most=3) in clauses
    assert {K.ONE_INSTITUTION, K.PERSON_NUMBER} <= {clause.kind for clause in clauses}


@pytest.mark.parametrize(
    ("required", "individual", "team"), [("never", False, False), ("teams", False, True), ("always", True, True)]
)
def test_whether_members_must_be_named_is_the_rulebooks_to_say(required: str, individual: bool, team: bool) -> None:
    given = rules(members_required=required)

    assert (given.wants_members("individual"), given.wants_members("team")) == (individual, team)


@pytest.mark.parametrize(
    ("faulty", "code", "field"),
    [
        ({"eligibility": [{"kind": "province"}]}, "REQUIRED", "eligibility.0.values"),
        ({"eligibility": [{"kind": "members", "role": "adviser", "least": 1}]}, "REQUIRED", "eligibility.0.most"),
        (
            {"eligibility": [{"kind": "members", "role": "adviser", "least": 2, "most": 1}]},
            "INVALID",
            "eligibility.0.most",
        ),
        ({"eligibility": [{"kind": "height", "values": ["2 m"]}]}, "NOT_ONE_OF", "eligibility.0.kind"),
        ({"person_limits": [{"role": "adviser", "most": 1}]}, "REQUIRED", "personLimits.0.within"),
        ({"team_least": 5, "team_most": 4}, "INVALID", "teamMost"),
        ({"batch_most": 501}, "OUT_OF_RANGE", "batchMost"),
        ({"batch_most": True}, "INVALID", "batchMost"),
    ],
)
def test_rules_of_another_form_are_refused(faulty: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(EntriesForm(), said(**faulty))

    assert [(problem["code"], problem["field"]) for problem in refused.value.problems()] == [(code, field)]

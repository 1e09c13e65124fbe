"""Applications that are sent back: what has to be put right is said, the corrected one comes again, and no other way leads on."""

from __future__ import annotations

from tests.services.alliances.alliances_hub import AlliancesHub, named, representative, secretariat
from tests.services.alliances.membership.memberships.memberships import a_relation


def test_an_application_goes_back_and_comes_again(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "applied")
    speaker, keeper = representative(relation.organization), secretariat(relation.alliance)
    before = len(alliances.said())

    relation.take("return_application", keeper, "请补交办学许可证")
    relation.take("correct_application", speaker, "已补交")

    about = {"alliance": named(relation.alliance), "organization": named(relation.organization)}
    said = alliances.said(since=before)
    assert [type_ for type_, _ in said] == ["alliances.application_returned", "alliances.application_corrected"]
    assert [(data["status"], data["reason"]) for _, data in said] == [
        ("returned", "请补交办学许可证"),
        ("applied", "已补交"),
    ]
    assert all(data[name] == value for _, data in said for name, value in about.items())
    steps = alliances.ask("membership_steps", speaker, membership_id=relation.membership_id)["nodes"]
    assert [step["taken_by"] for step in steps] == [speaker, keeper, "hub-office"]


def test_what_was_sent_back_is_neither_admitted_nor_applied_for_anew(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "returned")

    for step in ("admit_member", "start_review", "apply_for_membership", "invite_member"):
        with alliances.refuses("MEMBERSHIP_STANDS", None, status="returned", status_zh="待补正"):
            relation.take(step)
    assert relation.take("withdraw_member")["status"] == "withdrawn"


def test_each_side_takes_its_own_turn(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "applied")
    speaker, keeper = representative(relation.organization), secretariat(relation.alliance)

    with alliances.refuses("NOT_ALLOWED"):
        relation.take("return_application", speaker)
    relation.take("return_application", keeper)
    with alliances.refuses("NOT_ALLOWED"):
        relation.take("correct_application", keeper)

"""Who may do what: a role held on a scope; without a grant the answer is no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.choices import Choice


class Role(Choice):
    """The roles that people hold; each is held on a scope of one kind."""

    HUB_OFFICE = "hub_office", "The hub office (枢纽办公室), on the hub."
    PROVINCE_OFFICE = "province_office", "The education department of a province (省级教育行政部门), on the province."
    SECRETARIAT = "secretariat", "The secretariat (秘书处) of an alliance, on the alliance."
    ORGANIZER = "organizer", "An organiser (主办方) of a competition series, on the event."
    REPRESENTATIVE = "representative", "Who acts for an organisation (单位代表), on the organisation."
    SUPERVISOR = "supervisor", "Who watches over judging and results (监督员), on the event."
    ARBITRATOR = "arbitrator", "Who can be drawn to decide objections (仲裁员), on the event."
    DELEGATION_LEADER = "delegation_leader", "The leader of a province's delegation (领队), on the delegation."
    JUDGE = "judge", "A judge (评委): a seat on a panel rather than a grant."


ROLE_WORDS: Mapping[str, tuple[str, str]] = {
    Role.HUB_OFFICE: ("枢纽办公室人员", "member of the hub office"),
    Role.PROVINCE_OFFICE: ("省级教育行政部门人员", "member of a province's education department"),
    Role.SECRETARIAT: ("联盟秘书处人员", "member of an alliance's secretariat"),
    Role.ORGANIZER: ("赛事主办方人员", "organiser of a competition"),
    Role.REPRESENTATIVE: ("单位代表", "representative of an organisation"),
    Role.SUPERVISOR: ("赛事监督员", "supervisor of a competition"),
    Role.ARBITRATOR: ("赛事仲裁员", "arbitrator of a competition"),
    Role.DELEGATION_LEADER: ("代表队领队", "leader of a delegation"),
    Role.JUDGE: ("评委", "judge"),
}
"""What somebody with the role is called, in Chinese and in English."""


class ScopeType(Choice):
    """The kinds of scope that a role can be held on."""

    HUB = "hub", "The hub itself (枢纽)."
    PROVINCE = "province", "A province (省、直辖市), by the code of the region."
    ORGANIZATION = "organization", "An organisation (单位), by its id."
    ALLIANCE = "alliance", "An alliance (联盟), by its id."
    EVENT = "event", "A competition series or another event (赛事、活动), by its id."
    DELEGATION = (
        "delegation",
        "The delegation of a province to an event (代表队): the event's id, a colon, the province's code.",
    )
    PERSON = "person", "One person, by the subject of their token: nothing is granted on it."


@dataclass(frozen=True)
class Scope:
    """What a role is held on: `type` is hub, province, organization, alliance, event, delegation or person."""

    type: str
    id: str

    @classmethod
    def hub(cls) -> Scope:
        return cls("hub", "hub")

    @classmethod
    def province(cls, code: str) -> Scope:
        """`code` is the GB/T 2260 code of the province, as 340000."""
        return cls("province", code)

    @classmethod
    def organization(cls, organization_id: str) -> Scope:
        return cls("organization", organization_id)

    @classmethod
    def alliance(cls, alliance_id: str) -> Scope:
        return cls("alliance", alliance_id)

    @classmethod
    def event(cls, event_id: str) -> Scope:
        return cls("event", event_id)

    @classmethod
    def delegation(cls, event_id: str, province: str) -> Scope:
        """The delegation (代表队) of a province to an event; its id is `<event id>:<province code>`."""
        return cls("delegation", f"{event_id}:{province}")

    @classmethod
    def person(cls, subject: str) -> Scope:
        """One person, by the subject of their token: nothing is granted on it, notices are addressed to it."""
        return cls("person", subject)


SCOPE_OF_ROLE = {
    Role.HUB_OFFICE: "hub",
    Role.PROVINCE_OFFICE: "province",
    Role.SECRETARIAT: "alliance",
    Role.ORGANIZER: "event",
    Role.REPRESENTATIVE: "organization",
    Role.SUPERVISOR: "event",
    Role.ARBITRATOR: "event",
    Role.DELEGATION_LEADER: "delegation",
    Role.JUDGE: "person",
}

"""Letters: an organisation without a representative that is invited, and what is posted to it and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from contracts.alliances.membership.invitations import LETTER_PURPOSE
from kit.files.tickets import tickets_of
from tests.clock import NOW
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, SOMEBODY, AlliancesHub, secretariat

ADDRESS = "office@example.org"
DAY = timedelta(days=1)
_NUMBERS = count(1)


@dataclass
class Invited:
    """An organisation without a representative, and the alliance that has invited it."""

    hub: AlliancesHub
    alliance: dict[str, Any]
    organization: dict[str, Any]
    membership_id: str

    @property
    def pair(self) -> dict[str, str]:
        return {"alliance_id": self.alliance["id"], "organization_id": self.organization["id"]}

    @property
    def keeper(self) -> str:
        return secretariat(self.alliance)

    def another(self) -> Invited:
        """Another organisation that this alliance has invited."""
        return _invited(self.hub, self.alliance)

    def post(self, address: str = ADDRESS, **other: Any) -> Any:
        return self.hub.ask("post_invitation", self.keeper, membership_id=self.membership_id, address=address, **other)

    def posted(self) -> list[dict[str, Any]]:
        """What was said of letters, the last one last."""
        return [data for type_, data in self.hub.said() if type_ == "alliances.invitation_letter_posted"]

    def code(self, version: int = 1) -> str:
        """What stands in the letter of this number, as notify signs it."""
        [letter] = [each for each in self.posted() if each["membership_id"] == self.membership_id][-1:]
        claims = {"id": letter["letter_id"], "version": version}
        return tickets_of(self.hub.runtime.settings).sign(LETTER_PURPOSE, claims, until=NOW + 365 * DAY)

    def answer(self, code: str, viewer: str = SOMEBODY, **said: Any) -> Any:
        return self.hub.ask("answer_invitation", viewer, code=code, **{"accepts": True, **said})

    def status(self) -> str:
        [found] = self.hub.ask("memberships_by_id", ids=[self.membership_id])
        return str(found["status"])


def an_invited(alliances: AlliancesHub, rules: dict[str, Any] | None = None) -> Invited:
    """Invited, without a letter yet, by an alliance whose charter says this."""
    alliance = alliances.alliance()
    if rules:
        alliances.ask("adopt_charter", secretariat(alliance), alliance_id=alliance["id"], rules=rules, reason="章程")
    return _invited(alliances, alliance)


def _invited(hub: AlliancesHub, alliance: dict[str, Any]) -> Invited:
    number = next(_NUMBERS)
    names = {"name_zh": f"某某学校{number}", "name_en": f"Some School {number}"}
    organization = hub.ask("register_organization", kind="university", region=HUANGSHAN_CITY, **names)
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    return Invited(hub, alliance, organization, hub.ask("invite_member", secretariat(alliance), **pair)["id"])

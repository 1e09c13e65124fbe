"""Season: what several tests need to have happened first, each step said through GraphQL by the one whose right it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

ANHUI, ZHEJIANG = "340000", "330000"
_numbers = count(1)


@dataclass(frozen=True)
class Institution:
    """A registered organisation and the person who represents it."""

    id: str
    representative: Client


def office(hub: RunningHub) -> Client:
    return Client(hub, "hub-office")


def register(hub: RunningHub, name: str, region: str = ANHUI, *, email: bool = True) -> Institution:
    """An institution whose representative, `persona:<name>`, has an e-mail address <name>@example.org."""
    representative = Client(hub, name)
    organization = office(hub).do(
        "registerOrganization",
        "organization { id }",
        kind="UNIVERSITY",
        region=region,
        nameZh=f"{name}大学",
        nameEn=f"{name} University",
        representative=f"persona:{name}",
    )["organization"]
    if email:
        told = "{ notices(first: 1) { nodes { id } } }"  # of their office, before any e-mail can leave
        wait_until(lambda: representative.ask(told)["notices"]["nodes"], 60, "nobody was told of their office")
        representative.do("markAllRead")
        reach(hub, representative, f"{name}@example.org")
    return Institution(organization["id"], representative)


def reach(hub: RunningHub, person: Client, address: str) -> None:
    """Give an address and confirm it with the code that is sent there, whose e-mail then counts no longer."""
    person.do("updateContact", address=address, locale="ZH_CN", wantsEmail=True)
    [mail] = wait_until(lambda: hub.mail.mails_to(address), 60, "no code came")
    code = next(mail.message.iter_parts()).get_content().partition("验证码：")[2].split()[0]
    person.do("confirmContact", "contact { confirmed }", code=code)
    hub.mail.mails.remove(mail)


def found(hub: RunningHub, name: str, secretariat: str) -> str:
    """The id of an alliance with its secretariat, `persona:<secretariat>`."""
    alliance = office(hub).do(
        "foundAlliance",
        "alliance { id }",
        kind="VOCATIONAL_GROUP",
        region=ANHUI,
        nameZh=name,
        nameEn=name,
        secretariat=f"persona:{secretariat}",
    )["alliance"]
    return str(alliance["id"])


def admit(hub: RunningHub, alliance: str, institution: Institution, secretariat: str) -> str:
    """Let the institution apply and the secretariat admit it; returns the membership's id."""
    membership = institution.representative.do(
        "applyForMembership", "membership { id }", allianceId=alliance, organizationId=institution.id
    )["membership"]["id"]
    Client(hub, secretariat).do("admitMember", "membership { status }", membershipId=membership)
    return str(membership)


def draft(hub: RunningHub, *, alliance: str | None = None, places: int = 10, opens_in: float = -1) -> dict[str, Any]:
    """A competition as a draft, with one track that has `places` for Anhui and Zhejiang each, open for 30 days."""
    now = datetime.now(UTC) + timedelta(seconds=float(hub.clock_file.read_text()))
    number = next(_numbers)
    quotas = [{"province": province, "places": places} for province in (ANHUI, ZHEJIANG)]
    office_client = office(hub)
    # the grant of the hub office reaches events by a message; until then it refuses
    payload = wait_until(
        lambda: _accepted(
            office_client.payload(
                "draftCompetition",
                "competition { id tracks { id } }",
                series={"nameZh": f"大赛{number}", "nameEn": f"Contest {number}"},
                number=14,
                allianceId=alliance,
                hostRegion=ANHUI,
                opensAt=(now + timedelta(days=opens_in)).isoformat(),
                closesAt=(now + timedelta(days=opens_in + 30)).isoformat(),
                tracks=[{"nameZh": "小学组", "nameEn": "Primary schools", "quotas": quotas}],
            )
        ),
        60,
        "the competition could not be drafted",
    )
    competition: dict[str, Any] = payload["competition"]
    return competition


def _accepted(payload: dict[str, Any]) -> dict[str, Any] | None:
    if any(problem["code"] in {"NOT_ALLOWED", "ORGANIZATION_UNKNOWN"} for problem in payload["problems"]):
        return None
    assert payload["problems"] == [], payload["problems"]
    return payload

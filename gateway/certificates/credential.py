"""Credential: a certificate as an Open Badge 3.0, which is a verifiable credential (W3C data model 2.0).

It is secured as a JWT whose payload is the credential itself with the claims that section 8.2 of Open Badges 3.0 asks for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from contracts.events.recognition.awards import AwardKind
from gateway.certificates.facts import Facts
from gateway.certificates.wording import lines_of

ISSUER_ZH, ISSUER_EN = "长三角教育协作枢纽", "Delta Hub"
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def credential(facts: Facts, address: str) -> dict[str, Any]:
    """The payload to sign: what the certificate says, and not more about its recipient than their name.

    It is the same whether the certificate stands or not; that is what the status list says.
    """
    id_ = f"{address}/credentials/{facts.number}"
    issuer = profile(address)
    subject = _subject(facts, id_)
    return {
        "@context": CONTEXTS,
        "id": id_,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{facts.prize.zh} {facts.prize.en}",
        "description": " ".join((*lines_of(facts).merit_zh, facts.prize.zh)),
        "issuer": issuer,
        "validFrom": _moment(facts.issued_at),
        "awardedDate": _moment(facts.issued_at),
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{status_address(address, facts.status_list)}#{facts.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(facts.status_index),
            "statusListCredential": status_address(address, facts.status_list),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "iss": issuer["id"],
        "jti": id_,
        "sub": subject["id"],
        "nbf": int(facts.issued_at.timestamp()),
    }


def profile(address: str) -> dict[str, Any]:
    """Who signs: the hub, as an Open Badges profile; the issuing bodies stand as creators of the achievement."""
    return {
        "id": f"{address}/credentials/issuer",
        "type": ["Profile"],
        "name": f"{ISSUER_ZH} {ISSUER_EN}",
        "url": address,
    }


def status_address(address: str, status_list: str) -> str:
    return f"{address}/credentials/status/{status_list}"


def _subject(facts: Facts, id_: str) -> dict[str, Any]:
    """The recipient by name; of a team also its members. There is no other address of them that they have agreed to."""
    names = dict.fromkeys((facts.recipient, *facts.members))
    return {
        "id": f"{id_}#recipient",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"} for name in names
        ],
        "achievement": _achievement(facts),
    }


def _achievement(facts: Facts) -> dict[str, Any]:
    lines = lines_of(facts)
    bodies = facts.issuers
    creator = {"name": " ".join(f"{body.zh} {body.en}" for body in bodies)}
    return {
        "id": facts.achievement,
        "type": ["Achievement"],
        "achievementType": "Award",
        "name": f"{facts.prize.zh} {facts.prize.en}",
        "description": " ".join(lines.merit_en),
        "criteria": {"narrative": _CRITERIA[facts.kind]},
        "creator": {"id": f"{facts.achievement}#creator", "type": ["Profile"], **creator},
    }


_CRITERIA = {
    AwardKind.ENTRY: "按竞赛规程依正式成绩授予。Given on the final result by the rules of the competition.",
    AwardKind.ADVISER: "按竞赛规程授予获奖者的指导教师。Given by the rules to advisers of entries that won a prize.",
    AwardKind.ORGANIZATION: "按竞赛规程依参赛单位获奖情况授予。Given by the rules for the prizes of an institution.",
}


def _moment(at: datetime) -> str:
    """In whole seconds, as `nbf` has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

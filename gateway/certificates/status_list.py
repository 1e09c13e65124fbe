"""Status list: which credentials were revoked, one bit for each (W3C Bitstring Status List v1.0)."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from typing import Any

from contracts.certificate_numbers import STATUS_LIST_LENGTH
from gateway.certificates.credential import CONTEXTS, profile, status_address


def status_list(list_id: str, revoked: Iterable[int], address: str) -> dict[str, Any]:
    """The payload to sign: the list as a credential of its own; the bit of index 0 is the leftmost one."""
    id_ = status_address(address, list_id)
    issuer = profile(address)["id"]
    subject = {
        "id": f"{id_}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded(revoked),
    }
    return {
        "@context": CONTEXTS[:1],
        "id": id_,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "credentialSubject": subject,
        "iss": issuer,
        "jti": id_,
        "sub": subject["id"],
    }


def encoded(revoked: Iterable[int]) -> str:
    """The bits, compressed (gzip), in base64url without padding, behind the multibase prefix u."""
    bits = bytearray(STATUS_LIST_LENGTH // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")

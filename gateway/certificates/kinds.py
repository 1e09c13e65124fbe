"""Kinds: which service knows which certificates, how it is asked by their number, and what its answer comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contracts.certificate_numbers import OF_MEMBERSHIP, letters_of
from gateway.certificates.award import paper_of_award
from gateway.certificates.membership import paper_of_membership
from gateway.certificates.paper import Paper
from gateway.rpc import Rpc


@dataclass(frozen=True)
class Kind:
    """A kind of certificate: the `method` of the `service` that knows them, its arguments, and how its answer is read.

    Their numbers have these `letters`, or any where there are none. `read` gives nothing where there is no certificate.
    """

    service: str
    method: str
    arguments: Callable[[str], dict[str, Any]]
    read: Callable[[Any], Paper | None]
    letters: str = ""

    async def ask(self, rpc: Rpc, number: str) -> Paper | None:
        return self.read(await rpc.query(self.service, self.method, **self.arguments(number)))


KINDS = (
    Kind(
        "alliances",
        "check_membership_certificate",
        arguments=lambda number: {"number": number},
        read=paper_of_membership,
        letters=OF_MEMBERSHIP,
    ),
    Kind(
        "events",
        "certificates_by_number",
        arguments=lambda number: {"numbers": [number]},
        read=lambda found: paper_of_award(found[0]) if found else None,
    ),
)


def kinds_of(number: str) -> Iterator[Kind]:
    """The kinds that a number may belong to: mostly one, for rules of awards choose their letters freely."""
    return (kind for kind in KINDS if kind.letters in ("", letters_of(number)))

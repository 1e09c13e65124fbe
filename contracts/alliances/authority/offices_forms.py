"""The forms of the hub office's changes: one proposes, another countersigns."""

from __future__ import annotations

from contracts.alliances.authority.offices import OfficeChangeKind
from contracts.browsing import Browsed
from contracts.forms import Input, choice, digest, identifier, person


class _OneChange(Input):
    office_change_id = identifier("OfficeChange", says="The change.")


class ProposeOfficeChange(Input):
    """Propose that somebody joins or leaves the hub office. For the hub office; a second of its people has to countersign."""

    person = person(says="The person who is to join or to leave.")
    kind = choice(OfficeChangeKind, says="Whether they join or leave.")


class CountersignOfficeChange(_OneChange):
    """Make a proposed change as the second person. For somebody else in the hub office."""

    digest = digest(says="The digest of the change that the signer has seen.")


class WithdrawOfficeChange(_OneChange):
    """Take a proposed change back before it is signed. For the hub office."""


class OfficeChanges(Browsed):
    """The changes that wait for their second signature. For the hub office."""

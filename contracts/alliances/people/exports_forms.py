"""The forms of exports of a person: asking for one, and the list of one's own."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, identifier, text


class AskPersonExport(Input):
    """Have all four services gather what they hold of a person, as one file. For the person and the hub office.

    Where somebody else asks, the person is told who it was and why.
    """

    person_id = identifier("Person", says="The person.")
    purpose = text(
        max=500, required=False, says="Why; needed of who is not the person, and shown to the person as it is written."
    )


class PersonExports(Browsed):
    """The exports that the viewer has asked for, the newest first; one whose `until` is over can be had no longer."""

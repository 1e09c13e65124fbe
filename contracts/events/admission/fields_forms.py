"""The forms of an entry form's own fields: declaring one, and answering in it."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.events.admission.fields import FieldKind
from contracts.forms import Input, choice, flag, identifier, listing, nested, text, verbatim, whole
from contracts.refusals import Required

MOST_FIELDS = 30
"""Of an entry form."""
MOST_CHOICES = 50
LONGEST_ANSWER = 500
LARGEST = 1_000_000_000


class NewEntryField(Input):
    """A field of an entry form; one that is sensitive says how long its answers are kept."""

    key = verbatim(max=30, pattern=r"[a-z][a-z0-9_]{0,29}\Z", says="Its name in files and answers: small letters.")
    label_zh = text(max=60, says="What is asked, in Chinese; also the head of its column in a roster.")
    label_en = text(max=120, says="What is asked, in English; also the head of its column in a roster.")
    kind = choice(FieldKind, says="What is answered.")
    required = flag(required=False, says="Whether an entry must answer it.")
    sensitive = flag(
        required=False, says="Whether only organisers and who speaks for the organisation or is a member may read it."
    )
    retention_days = whole(
        min=0,
        max=3650,
        required=False,
        says="How many days after entries close its answers are kept; for ever by default.",
    )
    choices = listing(text(max=60), max=MOST_CHOICES, required=False, says="What can be chosen, at least two.")
    least = whole(min=-LARGEST, max=LARGEST, required=False, says="The smallest number.")
    most = whole(min=-LARGEST, max=LARGEST, required=False, says="The largest number.")
    longest = whole(min=1, max=LONGEST_ANSWER, required=False, says="How many characters at most; 200 by default.")

    @marshmallow.validates_schema
    def whole_field(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] == FieldKind.CHOICE and len(data.get("choices") or ()) < 2:
            raise marshmallow.ValidationError(Required.code, "choices")
        if data.get("sensitive") and data.get("retention_days") is None:
            raise marshmallow.ValidationError(Required.code, "retention_days")


class Answer(Input):
    """What is answered in a field."""

    key = verbatim(max=30, says="The key of the field.")
    value = text(max=LONGEST_ANSWER, says="The answer as text: a number as 8.5, a day as 2027-03-01, `yes` or `no`.")


class CorrectEntryForm(Input):
    """Correct what an entry answers, while entries are taken. For those who may enter for its organisation."""

    entry_id = identifier("Entry", says="The entry.")
    answers = listing(
        nested(Answer), max=MOST_FIELDS, says="All its answers that the viewer may read, in place of those before."
    )


class Answers(Input):
    """What several entries answer, as far as the viewer may read it."""

    entry_ids = listing(identifier(), min=1, max=100)

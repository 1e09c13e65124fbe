"""The forms of works: sending a file in pieces, and reading works by name or by blind code."""

from __future__ import annotations

from contracts.forms import Input, identifier, text, verbatim, whole

LARGEST = 2**31 - 1
"""The most bytes that a file can have: what fits into an Int of GraphQL."""
NAME = r"(?!\.{1,2}\Z)[^/\\]+\Z"
"""The name of a file is no path."""


class BeginUpload(Input):
    """Announce a file to upload. For the entry's members, its organisation's representative, its province and delegation."""

    entry_id = identifier("Entry", says="The entry whose work it is.")
    work_id = identifier(
        "Work", required=False, says="The work that it is a new version of; without it, it becomes a further work."
    )
    name = text(max=200, pattern=NAME, says="What the file is called, without a path.")
    media_type = text(max=100, says="Its media type, such as application/pdf; the rules say which are taken.")
    size = whole(min=1, max=LARGEST, says="How many bytes the file has.")
    sha256 = verbatim(
        max=64, pattern=r"[0-9a-f]{64}\Z", says="The SHA-256 of the file, 64 hexadecimal digits in lower case."
    )


class CompleteUpload(Input):
    """Put the pieces together and check them: this makes a new version of the work. Repeated, it gives the same answer."""

    upload_id = identifier("Upload", says="The upload whose pieces have all been sent.")


class Works(Input):
    """The works of an entry, for its people and the organisers; at most 20 in a stage."""

    entry_id = identifier("Entry", says="The entry whose works are asked for.")


class BlindWorks(Input):
    """The works behind a blind code, for a judge to whom it is assigned, once no more works are accepted; at most 20."""

    stage_id = identifier("Stage", says="The stage in which they are judged.")
    code = text(max=50, says="The blind code, as the judge's sheet has it.")


class FileOfTicket(Input):
    """Where the file lies that a ticket names, and as what it is given out; the ticket is the right."""

    ticket = verbatim(max=4_000)

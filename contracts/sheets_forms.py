"""The form of a sheet: the file that an import reads, as text or as bytes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import marshmallow

from contracts.forms import Input, verbatim
from contracts.refusals import Invalid

MOST_CHARACTERS = 4_000_000
"""Of a file; the gateway takes fewer bytes in one request."""


class SheetFile(Input):
    """A client need not know the encoding of a file."""

    either = (("file", "csv"),)

    csv = verbatim(min=0, max=MOST_CHARACTERS, required=False, says="The text of a CSV file.")
    file = verbatim(
        min=0,
        max=MOST_CHARACTERS,
        required=False,
        says="The bytes of an XLSX or CSV file in base64; the text of a CSV file is UTF-8, UTF-16 or GB 18030.",
    )

    @marshmallow.post_load
    def data(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        text, encoded = said.pop("csv", None), said.pop("file", None)
        return {**said, "data": text if text is not None else _decoded(encoded)}


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise marshmallow.ValidationError({"file": [Invalid.code]}) from error

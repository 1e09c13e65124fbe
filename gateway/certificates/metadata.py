"""Metadata: what a PDF for keeping says of itself (XMP, ISO 19005-2), with no moment in it but that of the certificate."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

PRODUCER = "Delta Hub"
_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""


def xmp(*, title: str, author: str, at: datetime) -> str:
    """The metadata of a PDF/A-2u; title, author and moment must be those that the PDF itself has."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    return _XMP.format(title=escape(title), author=escape(author), moment=moment, producer=PRODUCER)

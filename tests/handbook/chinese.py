"""Chinese: writes the queries and variables of the English handbooks into the Chinese ones: python -m tests.handbook.chinese

A query stands behind the paragraph, list or table that first links to it.
"""

from __future__ import annotations

import re

from tests.handbook.pages import DOCS

HANDBOOKS = ("agenda", "alliances", "operations", "projects", "season")
SAMPLE = re.compile(r"^```graphql\n\w+ (?P<name>\w+).*?^```\n(?:\n```json\n.*?^```\n)?", re.MULTILINE | re.DOTALL)
LINKED = re.compile(r"\[`([A-Z]\w+)`\]\[")


def written(page: str) -> str:
    """The Chinese page as it is to be."""
    english = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    samples = {match["name"]: match[0].rstrip("\n") for match in SAMPLE.finditer(english)}
    chinese = SAMPLE.sub("", (DOCS / f"{page}.zh-CN.md").read_text(encoding="utf-8"))
    paragraphs: list[str] = []
    for paragraph in re.sub(r"\n{3,}", "\n\n", chinese).split("\n\n"):
        paragraphs.append(paragraph)
        paragraphs += [samples.pop(name) for name in LINKED.findall(paragraph) if name in samples]
    return "\n\n".join(paragraphs)


if __name__ == "__main__":
    for handbook in HANDBOOKS:
        (DOCS / f"{handbook}.zh-CN.md").write_text(written(handbook), encoding="utf-8")

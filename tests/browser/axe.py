"""Axe: what keeps people from reading or using a page, as the npm package axe-core finds it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.conformance.node import install

FOLDER = Path(__file__).parent
RUN = """async () => {
    const found = await axe.run(document, {preload: false, resultTypes: ["violations"]});
    return found.violations.flatMap(({id, impact, nodes}) => nodes.map(node => [impact, id, node.html.slice(0, 300)]));
}"""
GRAVE = ("serious", "critical")


def hindrances(page: Page) -> list[str]:
    """What is serious or critical, a control without a name or text of too little contrast for instance."""
    page.evaluate(_source())
    return [f"{rule}: {html}" for impact, rule, html in page.evaluate(RUN) if impact in GRAVE]


@cache
def _source() -> str:
    install(FOLDER)
    return (FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

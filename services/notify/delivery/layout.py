"""Layout: what a reader is told becomes an e-mail in text and HTML, by the templates beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.names import one_line
from services.notify.telling.wording import Said, language, single_gaps


def render_email(said: Said, locale: str, why: str, link: str) -> tuple[str, str]:
    """The e-mail as (text, html): what is said, a link to the hub (none where empty) and why the reader was told."""
    content = {"wording": said, "paragraphs": said.body.split("\n\n"), "why": one_line(why), "link": link}
    text = _layouts().get_template(f"email.{language(locale)}.txt").render(content)
    html = _layouts().get_template(f"email.{language(locale)}.html").render(content)
    return single_gaps(text), html


@cache
def _layouts() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,
    )

"""Pages: HTML without scripts: templates with one style beside them, and the policy that lets a browser use nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


class Pages:
    """The templates of one folder and its `page.css`; whatever they are given is text, never markup."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, template: str, **said: Any) -> str:
        return self._templates.get_template(template).render(style=Markup(self._style), **said)

    @cached_property
    def policy(self) -> str:
        """The content security policy: nothing but the style, known by its digest, and forms of our own."""
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        rules = ("default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:", "form-action 'self'")
        return "; ".join((*rules, "base-uri 'none'", "frame-ancestors 'none'"))

    @cached_property
    def _style(self) -> str:
        return (self._folder / "page.css").read_text("utf-8")

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

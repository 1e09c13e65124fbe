"""Browsing: what a browser without JavaScript does: follows links, keeps cookies, sends forms with their origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from starlette.responses import Response

from console.sessions import Sessions
from hub.console import SECRET_FILE
from kit.own_secret import own_secret
from tests.running.processes import RunningHub


@dataclass
class Page(HTMLParser):
    """What stands in a page: `links` with their addresses, `forms` with their fields, `text`, and every attribute."""

    html: str
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= given.keys()
        if tag == "a":
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag in ("input", "textarea", "select") and self.forms and "name" in given:
            self.forms[-1][1][given["name"]] = given.get("value", "")
        if tag in ("script", "img", "link"):
            self.loads.append(given.get("src") or given.get("href") or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def form(self, action: str) -> dict[str, str]:
        """The fields of the form that leads there."""
        return next(fields for address, fields in self.forms if address.endswith(action))


def session_of(hub: RunningHub, persona: str) -> str:
    """The cookie of a session as a sign-in makes it, also on a hub that is no demo and offers no persona."""
    response = Response()
    Sessions(own_secret(hub.home, SECRET_FILE), secure=False).keep(response, hub.token(persona))
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]


class Browser:
    """One person's browser in front of a hub; redirects are followed only where a test says so."""

    def __init__(self, hub: RunningHub, language: str = "zh-CN") -> None:
        self._hub = hub
        self.origin = hub.url.removesuffix("/graphql")
        self._http = httpx.Client(base_url=self.origin, timeout=60, cookies={"hub_language": language})

    def sign_in(self, persona: str) -> None:
        self._http.cookies["hub_session"] = session_of(self._hub, persona)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._http.get(path, headers=headers)

    def page(self, path: str, status: int = 200) -> Page:
        answer = self.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return Page(answer.text)

    def send(self, path: str, *, origin: str | None = "", **fields: str) -> httpx.Response:
        """A form; `origin` is that of our own page unless another is given, and None where none is named."""
        headers = {} if origin is None else {"origin": origin or self.origin}
        return self._http.post(path, data=fields, headers=headers)

    def post(self, path: str, content: bytes, kind: str) -> httpx.Response:
        return self._http.post(path, content=content, headers={"origin": self.origin, "content-type": kind})

    @property
    def cookies(self) -> httpx.Cookies:
        return self._http.cookies

    def close(self) -> None:
        self._http.close()

"""Watching: what a browser complains of while it shows pages: errors, what the policy forbids, what did not load."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request, Response

GIVEN_UP = "net::ERR_ABORTED"
"""What a page had asked for when somebody went on to the next."""


class Watch:
    """Complaints about one page since it was opened, each with the address at which it was heard."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self._page = page
        page.on("console", self._printed)
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _printed(self, message: ConsoleMessage) -> None:
        """Chromium also prints here what the policy of content forbade."""
        if message.type in ("error", "warning"):
            self._hear(message.text)

    def _failed(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self._hear(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._hear(f"{response.url}: {response.status}")

    def _hear(self, complaint: str) -> None:
        self.heard.append(f"{self._page.url}: {complaint}")

"""Visit: one request to a screen: who comes, in which language, what they typed, and what they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from console.answers import Done, Problem, Told, field_of
from console.guarding import HEADERS, local
from console.languages import CHOSEN, OTHER
from console.screen import Address, Screen
from console.setup import Setup
from console.times import is_day
from gateway.executor import Asked
from gateway.locale import Locale
from gateway.viewer import Identity
from kit.ids import new_id


@dataclass(frozen=True)
class Place:
    """Where the navigation leads, the word for it, and where else one still is there; `public` for visitors too."""

    path: str
    word: str
    around: tuple[str, ...] = ()
    public: bool = False

    def holds(self, path: str) -> bool:
        return path == self.path or any(f"{path}/".startswith(f"{each}/") for each in self.around)


KEY = "key"
SAID = "said"
LONGEST_KEY = 200
PLACES = (
    Place("/today", "today"),
    Place("/inbox", "inbox"),
    Place("/competitions", "competitions", ("/competitions", "/entries"), public=True),
    Place("/registry/alliances", "alliances", ("/registry/alliances", "/registry/memberships"), public=True),
    Place("/registry/organizations", "organizations", ("/registry/organizations",), public=True),
    Place("/plans", "plans", ("/plans", "/items"), public=True),
    Place("/projects", "projects", ("/projects", "/milestones")),
)
OWN = Place("/mine", "mine", ("/me", "/duty"))


@dataclass
class Visit:
    """`identity` is None for a visitor; `form` is empty but where a form was sent.

    `unsettled` while nobody knows whether what the form asks for was done; its key is `spent` once somebody does.
    """

    request: Request
    screen: Screen
    address: Address
    setup: Setup
    identity: Identity | None
    locale: Locale
    now: datetime
    form: FormData = field(default_factory=FormData)
    unsettled: bool = False
    spent: bool = False

    # ---- what was asked for ---------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        return self.request.url.path

    @property
    def back(self) -> str:
        """Where this page can be asked for again, by a link."""
        return self.address.back or self.path

    def part(self, name: str) -> str:
        """A part of the path, by its name in the screen's address."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str | None:
        """What the address asks for under this name; None where it says nothing."""
        return self.request.query_params.get(name, "").strip() or None

    def one_of(self, enum: str, value: str | None) -> str | None:
        """The value if the enum of the schema has it: what else stands in an address means nothing."""
        return value if value in self.screen.library.in_(self.locale).values(enum) else None

    def typed(self, name: str) -> str:
        """What stands in a field of the form, without the spaces around it."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def no_days(self, *names: str) -> list[Problem]:
        """Those of these fields that hold something which is no day, each with words that say so: the schema takes days only."""
        said = self.screen.library.in_(self.locale)("no_day")
        return [Problem("NO_DAY", name, said) for name in names if not is_day(self.typed(name))]

    def to(self, **changed: str | None) -> str:
        """This very page with other words in its query, or without one where that is None; always its first part."""
        kept = {} if self.address.back else self.request.query_params
        given = {**kept, "after": None, SAID: None, CHOSEN: None, **changed}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{self.back}?{query}" if query else self.back

    # ---- what is asked of the schema ------------------------------------------------------------------------------

    async def ask(self, operation: str, **variables: Any) -> Told:
        """The answer to an operation of this screen's documents; variables that are None are not given."""
        given = {name: value for name, value in variables.items() if value is not None}
        asked = Asked(self.screen.documents[operation], operation, given)
        return Told(await self.setup.executor.answer(self.request, self.identity, self.locale, asked))

    async def do(self, operation: str, **input_: Any) -> Done:
        """What came of a mutation of this screen, whose one field is called as the operation is.

        The form carries the key by which it is done once, however often it is sent. Where nobody knows what came of it, the
        form is shown with that same key.
        """
        self.unsettled = True
        given = {name: value for name, value in input_.items() if value is not None}
        told = await self.ask(operation, input={**given, "idempotencyKey": self.new_key})
        done = Done.of(told, field_of(operation))
        self.unsettled, self.spent = done.unsettled, not done.unsettled
        return done

    # ---- what is shown --------------------------------------------------------------------------------------------

    def page(self, template: str, status: int = 200, /, **said: Any) -> Response:
        """A page of this screen. What it is given is text, never markup."""
        html = self.setup.rendering.page(self, f"{self.screen.name}/{template}", said)
        return HTMLResponse(html, status, HEADERS)

    def go(self, path: str, **query: str) -> Response:
        """On to another page of ours, which the browser then asks for afresh; `said` names what it says on top."""
        address = local(path)
        joined = "&" if "?" in address else "?"
        return RedirectResponse(address + (joined + urlencode(query) if query else ""), 303, HEADERS)

    @property
    def said(self) -> str | None:
        """The word by which the page says on top what was just done; None where there is no such word."""
        name = f"said_{self.query(SAID) or ''}"
        return name if name in self.screen.library.entries else None

    @property
    def other_language(self) -> Locale:
        return OTHER[self.locale]

    @property
    def places(self) -> Sequence[Place]:
        """Where the navigation leads."""
        return (*PLACES, OWN) if self.identity else [each for each in PLACES if each.public]

    @property
    def new_key(self) -> str:
        """For a form: the same however often its button is pressed, and until it is known what came of that."""
        return ("" if self.spent else self.typed(KEY)[:LONGEST_KEY]) or new_id()

    def key_of(self, action: str) -> str:
        """For one of several forms of a page: only the one that was sent keeps its key."""
        return self.new_key if action == self.path else new_id()

    @property
    def values(self) -> Mapping[str, str]:
        """What was typed, to show it again."""
        return {name: value for name, value in self.form.items() if isinstance(value, str)}

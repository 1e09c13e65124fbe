"""Screen: one folder with pages, documents and words, and what is shown or done at each of its addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graphql import OperationDefinitionNode, parse
from starlette.responses import Response

from console.forms import LARGEST
from console.words import Library

if TYPE_CHECKING:
    from console.visit import Visit

Handler = Callable[["Visit"], Awaitable[Response]]
FOLDER = Path(__file__).parent / "screens"
WORDS = "words.yaml"


@dataclass(frozen=True)
class Address:
    """A path of a screen, the method by which it is asked for, and what is done then; `public` also for visitors.

    `back` is the page whose form leads here, where the path itself shows none; a form has at most `largest` bytes.
    """

    method: str
    path: str
    handler: Handler
    public: bool
    back: str = ""
    largest: int = LARGEST


class Screen:
    """`name` is its folder: `*.html`, at most two `*.graphql`, and words.yaml. Addresses are named beside what they do."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = FOLDER / name
        self.library = Library(self.folder / WORDS)
        self._addresses: list[Address] = []

    def shows(self, path: str, *, public: bool = False, back: str = "") -> Callable[[Handler], Handler]:
        """What follows shows a page, and changes nothing. `back` is where to ask again for one that is shown only once."""
        return self._at("GET", path, public, back)

    def does(
        self, path: str, *, public: bool = False, back: str = "", largest: int = LARGEST
    ) -> Callable[[Handler], Handler]:
        """What follows does something that a form asks for."""
        return self._at("POST", path, public, back, largest)

    def _at(
        self, method: str, path: str, public: bool, back: str, largest: int = LARGEST
    ) -> Callable[[Handler], Handler]:
        def take(handler: Handler) -> Handler:
            self._addresses.append(Address(method, path, handler, public, back, largest))
            return handler

        return take

    def addresses(self) -> Iterator[Address]:
        return iter(self._addresses)

    @cached_property
    def documents(self) -> dict[str, str]:
        """The text of the document that holds an operation, by the operation's name."""
        return {name: text for text in self.texts() for name in _operations(text)}

    def texts(self) -> list[str]:
        """The GraphQL documents of the screen."""
        return [path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.graphql"))]


def _operations(text: str) -> Iterator[str]:
    for each in parse(text, no_location=True).definitions:
        if isinstance(each, OperationDefinitionNode) and each.name:
            yield each.name.value

"""Every page says everything in both languages, and nothing that is written in a template itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from graphql import FieldNode, GraphQLEnumType, TypeInfo, TypeInfoVisitor, Visitor, get_named_type, parse, visit
from jinja2 import nodes

from console.catalogue import SCREENS
from console.rendering import TEMPLATES, environment
from console.screen import Screen
from console.words import ENUMS, SHARED, Text, Words, read_words
from gateway.schema import graphql_schema

SPEAKING = [screen for screen in SCREENS if any(screen.folder.glob("*.html"))]
"""Those that show pages; the others lead on."""
FILES = [SHARED, *(screen.folder / "words.yaml" for screen in SPEAKING)]
PAGES = [
    *sorted(TEMPLATES.glob("*.html")),
    *(page for screen in SCREENS for page in sorted(screen.folder.glob("*.html"))),
]
SPOKEN = ("alt", "aria-label", "placeholder", "title")
FOR_PROGRAMS = {"ProblemCode"}


def texts(said: Text) -> Iterator[str]:
    if isinstance(said, Mapping):
        yield from (said[number] for number in ("one", "other"))
    else:
        yield said


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_word_is_there_in_both_languages_with_the_same_figures(path: Path) -> None:
    for name, entry in read_words(path).items():
        assert isinstance(name, str), f"{name!r} is a word of YAML itself: put it in quotation marks"
        assert set(entry) == {"zh", "en"}, name
        figures = [set(re.findall(r"{(\w+)}", text)) for side in entry.values() for text in texts(side)]
        assert all(text.strip() for side in entry.values() for text in texts(side)), name
        assert all(found == figures[0] for found in figures), name


def test_the_values_of_every_enum_that_is_asked_for_have_words() -> None:
    said = yaml.safe_load(ENUMS.read_text(encoding="utf-8"))
    asked = {kind.name: set(kind.values) for screen in SCREENS for text in screen.texts() for kind in enums_in(text)}

    assert {name: set(values) for name, values in said.items()} == {
        name: values for name, values in asked.items() if name not in FOR_PROGRAMS
    }
    assert all(
        set(entry) == {"zh", "en"} and all(entry.values()) for values in said.values() for entry in values.values()
    )


def enums_in(text: str) -> list[GraphQLEnumType]:
    found: list[GraphQLEnumType] = []
    types = TypeInfo(graphql_schema())

    class Looking(Visitor):
        def enter_field(self, _node: FieldNode, *_: object) -> None:
            kind = get_named_type(types.get_type())
            if isinstance(kind, GraphQLEnumType):
                found.append(kind)

    visit(parse(text), TypeInfoVisitor(types, Looking()))
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_that_a_template_says_is_written_down(path: Path) -> None:
    known = words_of(path)
    for call in environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            said = call.args[0]
            if isinstance(said, nodes.Const):
                assert said.value in known
            elif isinstance(said, nodes.Concat) and isinstance(said.nodes[0], nodes.Const):
                assert any(name.startswith(said.nodes[0].value) for name in known)


def words_of(path: Path) -> set[str]:
    """What a page can say; the parts that all pages share say what all share."""
    own = path.parent / "words.yaml"
    return set(read_words(SHARED)) | (set(read_words(own)) if own.exists() and own != SHARED else set())


@pytest.mark.parametrize("screen", SPEAKING, ids=lambda screen: screen.name)
def test_no_word_is_written_down_for_nothing(screen: Screen) -> None:
    files = [*screen.folder.glob("*.html"), *screen.folder.glob("*.py")]
    used = " ".join(path.read_text(encoding="utf-8") for path in files)
    bare = {name: name.removeprefix("said_").removesuffix("_what") for name in read_words(screen.folder / "words.yaml")}

    assert [name for name, word in bare.items() if not re.search(rf"[\"']{word}[\"']", used)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_has_text_of_its_own(path: Path) -> None:
    own = Own()
    own.feed("".join(value for _, kind, value in environment().lex(path.read_text(encoding="utf-8")) if kind == "data"))

    assert own.text == []


class Own(HTMLParser):
    """The letters that stand in a template itself, between its tags and in the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += re.findall(r"\w+", data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += [word for name, value in attrs if name in SPOKEN for word in re.findall(r"\w+", value or "")]


def test_english_counts_one_and_many() -> None:
    words = Words({"days": {"zh": "{n} 天", "en": {"one": "{n} day", "other": "{n} days"}}}, {}, "en")

    assert [words("days", n=n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words({}, {}, "zh-CN")("title")

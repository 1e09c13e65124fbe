"""Documents: hostile ones cost next to nothing, and what is said of them is short."""

import sys

import orjson
import pytest

from gateway.protocol.documents import Document, Documents
from tests.gateway.protocol.hostile import HOSTILE
from tests.gateway.protocol.tiny_gateway import tiny_schema

SCHEMA = tiny_schema()

# A count of function calls is the same on every machine; on the slowest that we know a thousand calls take 0.3 ms.
MOST_CALLS = 65_000


def calls_of(action) -> int:
    count = 0

    def on_event(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(on_event)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_is_refused_cheaply_and_in_few_words(what):
    documents = Documents(SCHEMA)
    answers = []

    calls = calls_of(lambda: answers.append(documents.read(HOSTILE[what])))

    [errors] = answers
    assert not isinstance(errors, Document)
    assert calls < MOST_CALLS
    assert len(orjson.dumps([each.formatted for each in errors])) <= 1024


def test_the_corpus_is_as_large_as_it_should_be():
    assert len(HOSTILE) >= 60


def test_a_hostile_document_that_comes_again_costs_nothing():
    documents = Documents(SCHEMA)
    text = HOSTILE["900 x __typename"]
    documents.read(text)

    assert calls_of(lambda: documents.read(text)) < 10

"""Verified tokens: remembered while they live, and never more than a fixed number."""

from datetime import UTC, datetime, timedelta

from gateway.sign_in.verified_tokens import VerifiedTokens
from gateway.viewer import Identity

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def person(name: str) -> Identity:
    return Identity(name, expires_at=NOON + HOUR)


def test_a_token_is_recalled_until_the_moment_it_expires() -> None:
    verified = VerifiedTokens()
    verified.remember("a.b.c", person("rep"))

    before = verified.recall("a.b.c", NOON + HOUR - timedelta(microseconds=1))
    after = verified.recall("a.b.c", NOON + HOUR)

    assert (before, after, len(verified)) == (person("rep"), None, 0)


def test_another_token_is_not_recalled() -> None:
    verified = VerifiedTokens()
    verified.remember("a.b.c", person("rep"))

    assert verified.recall("a.b.d", NOON) is None


def test_the_one_asked_for_least_recently_goes_first() -> None:
    verified = VerifiedTokens(limit=2)
    verified.remember("first", person("first"))
    verified.remember("second", person("second"))
    verified.recall("first", NOON)

    verified.remember("third", person("third"))

    known = [verified.recall(token, NOON) for token in ("first", "second", "third")]
    assert known == [person("first"), None, person("third")]


def test_no_token_is_kept_itself() -> None:
    verified = VerifiedTokens()
    verified.remember("header.payload.signature", person("rep"))

    assert "signature" not in repr(vars(verified))

"""The embedded hub's own tokens: whom it signs in, for how long, and the key it does it with."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.signing_key import FILE_NAME, UnusableSigningKey, signing_key
from gateway.viewer import Identity, InvalidToken
from kit.clock import MovableClock

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def own_tokens(clock: MovableClock | None = None, key: Ed25519PrivateKey | None = None) -> OwnTokens:
    return OwnTokens(key or Ed25519PrivateKey.generate(), now=(clock or MovableClock(NOON)).now)


def issued(tokens: OwnTokens, lifetime: timedelta = HOUR) -> str:
    return tokens.issue(
        "secretariat", name="联盟秘书处", email="office@example.edu.cn", lifetime=lifetime, now=NOON, locale="en"
    )


async def test_a_token_that_the_hub_issued_gives_its_persona_back() -> None:
    tokens = own_tokens()

    identity = await tokens.verify(issued(tokens))

    assert identity == Identity("secretariat", "联盟秘书处", "office@example.edu.cn", "en", NOON + HOUR)


async def test_what_is_not_known_of_a_persona_stands_in_no_claim() -> None:
    tokens = own_tokens()

    token = tokens.issue("visitor", name=None, email=None, lifetime=HOUR, now=NOON)

    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == {"iss", "aud", "sub", "iat", "exp", "jti"}
    assert await tokens.verify(token) == Identity("visitor", None, None, None, NOON + HOUR)


async def test_a_token_is_refused_once_it_expired_even_when_it_was_verified_before() -> None:
    clock = MovableClock(NOON)
    tokens = own_tokens(clock)
    token = issued(tokens)
    await tokens.verify(token)

    clock.advance(HOUR + timedelta(seconds=31))

    with pytest.raises(InvalidToken) as refused:
        await tokens.verify(token)
    assert refused.value.reason == "expired"


async def test_a_clock_that_is_off_by_less_than_half_a_minute_is_forgiven() -> None:
    key = Ed25519PrivateKey.generate()
    token = issued(own_tokens(key=key))

    early = await own_tokens(MovableClock(NOON - timedelta(seconds=25)), key).verify(token)
    late = await own_tokens(MovableClock(NOON + HOUR + timedelta(seconds=25)), key).verify(token)

    assert early == late


async def test_a_token_from_the_future_is_refused() -> None:
    key = Ed25519PrivateKey.generate()
    token = issued(own_tokens(key=key))

    with pytest.raises(InvalidToken) as refused:
        await own_tokens(MovableClock(NOON - timedelta(seconds=40)), key).verify(token)

    assert refused.value.reason == "not_yet"


async def test_a_token_of_another_hub_is_refused() -> None:
    token = issued(own_tokens())

    with pytest.raises(InvalidToken) as refused:
        await own_tokens().verify(token)

    assert refused.value.reason == "key"


@pytest.mark.parametrize(("persona", "lifetime"), [("", HOUR), ("visitor", timedelta(0)), ("visitor", -HOUR)])
def test_a_token_without_persona_or_lifetime_is_not_issued(persona: str, lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="needs a persona and a lifetime"):
        own_tokens().issue(persona, name=None, email=None, lifetime=lifetime, now=NOON)


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    home = tmp_path / "hub"

    first, second = signing_key(home), signing_key(home)

    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert stat.S_IMODE((home / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [FILE_NAME]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as starters:
        keys = list(starters.map(signing_key, [tmp_path] * 64))

    assert len({key.private_bytes_raw() for key in keys}) == 1


def test_a_key_that_others_could_read_is_not_used(tmp_path: Path) -> None:
    signing_key(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o640)

    with pytest.raises(UnusableSigningKey, match="chmod 600"):
        signing_key(tmp_path)


@pytest.mark.parametrize("kind", ["no key", "another kind of key"])
def test_a_file_that_holds_no_such_key_is_named_and_left_alone(tmp_path: Path, kind: str) -> None:
    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    content = pem if kind == "another kind of key" else b"not a key"
    path = tmp_path / FILE_NAME
    path.touch(0o600)
    path.write_bytes(content)

    with pytest.raises(UnusableSigningKey, match=FILE_NAME):
        signing_key(tmp_path)

    assert path.read_bytes() == content

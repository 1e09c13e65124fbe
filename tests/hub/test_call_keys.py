"""Call keys: made once, believed by the services, and changed without a moment in which a call is not known."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

import click
import orjson
import pytest
from click.testing import CliRunner

from gateway.settings import GatewaySettings
from hub.call_keys import believe, make_key
from hub.cli import cli
from hub.settings import read_settings
from kit.settings import SettingsError
from kit.wire import call_keys
from kit.wire.agreed_keys import public_of, service_key
from kit.wire.call_keys import PublicKeys, UnusableCallKey, key_id, private_key


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "keys" / "key.pem", tmp_path / "public" / "keys.json"


def test_the_command_makes_a_key_once_and_has_it_believed(files: tuple[Path, Path]) -> None:
    key, keys = files
    arguments = ["broker", "keys", "--key", str(key), "--keys", str(keys)]

    first, second = (CliRunner().invoke(cli, arguments) for _ in range(2))

    kid = key_id(private_key(key).public_key())
    assert first.output == second.output == f"{kid} {keys}\n"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [one["kid"] for one in orjson.loads(keys.read_bytes())["keys"]] == [kid]
    assert b'"d"' not in keys.read_bytes()


def test_keys_are_changed_without_a_gap(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the next key is believed too, then gateways sign with it, then the former is forgotten."""
    monkeypatch.setattr(call_keys, "LOOK_EVERY", 0.0)
    (key, keys), following = files, tmp_path / "next.pem"
    make_key(key)
    former = believe(key, keys)
    known = PublicKeys(keys)

    make_key(following)
    latter = believe(following, keys)
    assert known.get(former) and known.get(latter)

    assert believe(following, keys, only=True) == latter
    assert known.get(latter) and not known.get(former)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"keys": []}', b"[]", b'{"keys": [{"kty": "oct", "k": "AAAA"}]}', b"\xff"]
)
def test_a_broken_file_is_refused_at_the_start_and_changes_nothing_later(
    files: tuple[Path, Path], content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_keys, "LOOK_EVERY", 0.0)
    key, keys = files
    make_key(key)
    kid = believe(key, keys)
    known = PublicKeys(keys)
    keys.write_bytes(content)

    assert known.get(kid)
    with pytest.raises(UnusableCallKey, match="hub broker keys"):
        PublicKeys(keys)
    with pytest.raises(click.ClickException):
        believe(key, keys)
    keys.unlink()
    assert known.get(kid)
    with pytest.raises(UnusableCallKey, match="hub broker keys"):
        PublicKeys(keys)


def test_a_private_key_that_is_none_or_that_everybody_reads_is_refused(files: tuple[Path, Path]) -> None:
    key, _ = files
    with pytest.raises(UnusableCallKey, match="hub broker keys"):
        private_key(key)
    make_key(key)
    key.chmod(0o644)
    with pytest.raises(UnusableCallKey, match="chmod 600"):
        private_key(key)
    key.write_text("nonsense")
    with pytest.raises(UnusableCallKey, match="is no private key"):
        private_key(key)


@pytest.mark.parametrize(
    ("command", "setting"), [(["serve", "events"], "HUB_CALL_KEYS"), (["gateway"], "HUB_CALL_KEY")]
)
def test_a_process_on_a_broker_does_not_start_without_keys_and_says_so(
    command: list[str], setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_AMQP_URI", "amqp://127.0.0.1:1/")
    monkeypatch.setenv("HUB_HOME", str(tmp_path))

    run = CliRunner().invoke(cli, command)
    monkeypatch.setenv(setting, str(tmp_path / "absent"))
    again = CliRunner().invoke(cli, command)

    assert (run.exit_code, again.exit_code) == (1, 1)
    assert f"{setting} 未设置 · is not set" in run.output
    assert "absent" in again.output and "hub broker keys" in again.output


def test_a_service_says_the_public_key_of_its_secret_and_a_gateway_takes_only_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent = CliRunner().invoke(cli, ["broker", "agree", "events"])
    monkeypatch.setenv("HUB_CALL_SECRET", "s" * 40)
    said = CliRunner().invoke(cli, ["broker", "agree", "events"])

    assert (absent.exit_code, said.exit_code) == (1, 0)
    assert "HUB_CALL_SECRET 未设置 · is not set" in absent.output
    service, _, key = said.output.strip().partition("=")
    assert service == "events" and public_of(key) == service_key("s" * 40).public_key()
    assert _told(monkeypatch, said.output.strip()) == {"events": key}
    for wrong in ("events=nonsense", f"nobody={key}"):
        with pytest.raises(SettingsError, match="HUB_SERVICE_KEYS"):
            _told(monkeypatch, wrong)


def _told(monkeypatch: pytest.MonkeyPatch, keys: str) -> Mapping[str, str]:
    monkeypatch.setenv("HUB_SERVICE_KEYS", keys)
    return read_settings().of(GatewaySettings).service_keys

"""Environment: the variables of this process, as settings read them."""

from __future__ import annotations

from typing import Any

from environs import Env

STORE = r"(file:///\S+|s3://[a-z0-9.-]{3,63}(/[a-z0-9._/-]*)?(\?\S+)?)?\Z"
"""The address of a store, or nothing."""
OTLP = r"(https?://[^\s?#]+)?\Z"
"""The base address of a collector of OpenTelemetry, or nothing."""
SECRET = r"([!-~]{32,500})?\Z"
"""A secret that is worth the name, or nothing."""


class Environment(Env):
    """The process's environment, in which an empty value is none: compose hands one over where nothing is set."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        value = super()._get_value(env_key, default)
        return default if isinstance(value, str) and not value.strip() else value

"""Patched: makes a process of stock nameko cooperative, as `nameko run` does; imported before anything else, never by a test."""

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated", category=Warning)

import eventlet  # noqa: E402 - the warning must be silenced before

eventlet.monkey_patch()

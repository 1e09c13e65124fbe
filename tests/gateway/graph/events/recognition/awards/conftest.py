"""A gateway in front of events, as for certificates."""

from tests.gateway.certificates.conftest import desk, events, font

__all__ = ["desk", "events", "font"]

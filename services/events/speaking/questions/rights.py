"""Rights on questions: of those who stand for whoever asks, of the organisers, and of everybody where one is public."""

from __future__ import annotations

from kit.rights.right import PUBLIC
from services.events.rights import ANSWERS_FOR, STANDS_FOR

ASKS = STANDS_FOR.exactly()
"""The hub office asks nothing in the name of others."""
SEES_QUESTION = PUBLIC.given("public", "已公开的", "what is public") | ANSWERS_FOR

"""Personal: projects holds nothing of a person but what every service does: roles, jobs, and what they did."""

from __future__ import annotations

from procedures.person_exports.sources import Source

PERSONAL: tuple[Source, ...] = ()

"""Rendering: rows of a database as they look from outside; where the database fails, the call does and not the row."""

from __future__ import annotations

from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from contracts.base import Refusal
from kit import rendering

looked_at = partial(rendering.looked_at, of_the_call=(Refusal, SQLAlchemyError))
rendered = partial(rendering.rendered, of_the_call=(Refusal, SQLAlchemyError))

"""Settings of delivery: the mail server by which e-mails leave, and how many may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Length, Range


@dataclass(frozen=True)
class Smtp:
    """Where e-mail leaves: `host` empty means that none is sent and deliveries are recorded as skipped.

    A connection is kept for `a_connection` letters, while there are any.
    """

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    sender: str
    timeout: float
    a_connection: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            host=env.str("SMTP_HOST", ""),
            port=env.int("SMTP_PORT", 25, validate=Range(1, 65535)),
            user=env.str("SMTP_USER", ""),
            password=env.str("SMTP_PASSWORD", ""),
            starttls=env.bool("SMTP_STARTTLS", False),
            sender=env.str("SMTP_SENDER", "hub@localhost", validate=Length(min=3, max=254)),
            timeout=env.float("SMTP_TIMEOUT", 10, validate=Range(0.1, 120)),
            a_connection=env.int("SMTP_A_CONNECTION", 100, validate=Range(1, 10_000)),
        )


@dataclass(frozen=True)
class MailLimits:
    """How many e-mails may leave: with codes a day, to one address and for one person; to one address a day; in an hour.

    So many at most, a `batch`, are claimed together, sent one after the other, and then recorded together.
    """

    codes_a_day: int
    to_address_a_day: int
    an_hour: int
    batch: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            codes_a_day=env.int("MAIL_CODES_A_DAY", 3, validate=Range(1, 100)),
            to_address_a_day=env.int("MAIL_TO_ADDRESS_A_DAY", 50, validate=Range(1, 10_000)),
            an_hour=env.int("MAIL_AN_HOUR", 10_000, validate=Range(1, 10_000_000)),
            batch=env.int("MAIL_BATCH", 10, validate=Range(1, 1000)),
        )

"""Address: where an e-mail can be sent, as mail servers write it."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from contracts.notify.delivery import AddressInvalid


def check_address(address: str, field: str = "address") -> str:
    """The address in ASCII (RFC 5321); raises AddressInvalid."""
    try:
        found = validate_email(address, allow_smtputf8=False, check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise AddressInvalid(field) from None
    return found.ascii_email or found.normalized

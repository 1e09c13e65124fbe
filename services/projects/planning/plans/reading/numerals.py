"""Numerals: values of Chinese, circled and Arabic numbers as plan documents print them."""

import unicodedata
from decimal import Decimal


def chinese_value(numeral: str) -> int:
    """The value of a Chinese numeral below 10,000 (`十二` 12, `两百` 200, `二〇三五` 2035)."""
    digits = [int(unicodedata.numeric("二" if char == "两" else char)) for char in numeral]
    if len(digits) > 1 and all(digit < 10 for digit in digits):
        return int("".join(map(str, digits)))
    total, pending = 0, 0
    for digit in digits:
        if digit < 10:
            pending = digit
        else:
            total, pending = total + (pending or 1) * digit, 0
    return total + pending


def plain_value(numeral: str) -> Decimal:
    """The value of a half-width Arabic numeral, which may have thousands separators, or of a Chinese one."""
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    return Decimal(chinese_value(numeral))


def circled_value(char: str) -> int:
    """The value of a single enclosed number (`①`, `㉑`, `㈠`)."""
    return int(unicodedata.numeric(char))

"""The language of an answer: the person's own, else the best that the browser names, else Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.locale import LONGEST_HEADER, negotiate


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        # single languages, in every spelling
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN-us", "en"),
        ("en-US-x-private", "en"),
        # as browsers send them
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        # quality, not order; order among equals
        ("en;q=0.3, zh;q=0.7", "zh-CN"),
        ("zh;q=0.3, en;q=0.7", "en"),
        ("en;q=0.8, zh;q=0.8", "en"),
        ("zh;q=0.001, en;q=0.002", "en"),
        ("zh;q=0.999, en", "en"),
        # refused languages and wildcards
        ("zh;q=0, *", "en"),
        ("zh-CN;q=0, zh;q=0, en;q=0.1", "en"),
        ("zh-TW;q=0, zh", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("en;q=0, en;q=1", "zh-CN"),
        ("zh;q=0, en;q=0, *", "zh-CN"),
        ("*", "zh-CN"),
        ("*;q=0.5, en", "en"),
        ("en;q=0.4, *;q=0.5", "zh-CN"),
        ("en, *;q=0", "en"),
        # nothing that we have, nothing at all
        ("fr, de;q=0.5", "zh-CN"),
        ("eng", "zh-CN"),
        ("", "zh-CN"),
        (None, "zh-CN"),
        # malformed parts are passed over
        (",,;q=1,, en", "en"),
        ("zh;q=2, en;q=0.1", "en"),
        ("zh;q=-1, en;q=0.1", "en"),
        ("zh;q=nan, en;q=0.1", "en"),
        ("zh;q=1.001, en;q=0.1", "en"),
        ("zh;q=0.1234, en;q=0.1", "en"),
        ("zh;q=１, en;q=0.1", "en"),
        ("zh_CN, en;q=0.1", "en"),
        ("zh;level=1, en;q=0.1", "en"),
        ("*-CN, en;q=0.1", "en"),
        ("en;q=0.5\r\nX: y, en;q=0.1, zh;q=0.2", "zh-CN"),
        ("en ; q=0.5 ,\tzh ;q=0.4", "en"),
    ],
)
def test_the_header_decides_by_quality_and_what_we_do_not_have_is_chinese(header: str | None, locale: str) -> None:
    assert negotiate(header, None) == locale


@pytest.mark.parametrize(
    ("preferred", "locale"),
    [("en", "en"), ("en_US", "en"), ("zh-CN", "zh-CN"), ("zh_Hans_CN", "zh-CN"), ("ZH", "zh-CN")],
)
def test_a_person_s_own_preference_goes_before_the_header(preferred: str, locale: str) -> None:
    assert {negotiate("en", preferred), negotiate("zh", preferred), negotiate(None, preferred)} == {locale}


@pytest.mark.parametrize("preferred", [None, "", "fr", "-", "english", "*", "en" * 1_000, "en" + "-a" * 100_000])
def test_a_preference_that_we_do_not_have_leaves_it_to_the_header(preferred: str | None) -> None:
    assert (negotiate("en", preferred), negotiate(None, preferred)) == ("en", "zh-CN")


def test_a_header_of_unreasonable_length_is_passed_over() -> None:
    fits, too_long = "en".ljust(LONGEST_HEADER), "en".ljust(LONGEST_HEADER + 1)

    assert (negotiate(fits, None), negotiate(too_long, None)) == ("en", "zh-CN")


@given(header=st.text(max_size=LONGEST_HEADER * 2) | st.from_regex(r"([a-z*-]{0,9}(;q=[01]?\.?\d*)?,){0,40}"))
def test_no_header_breaks_the_negotiation(header: str) -> None:
    assert negotiate(header, header) in ("zh-CN", "en")

"""Wording: every rule speaks both languages, says what it was given, and cannot be misused by a hostile name."""

from __future__ import annotations

from itertools import product

import jinja2
import pytest

from contracts.base import LANGUAGES
from services.notify.delivery.layout import render_email
from services.notify.rules.table import RULES, facts_of, render, wording
from services.notify.telling.facts import spoken
from services.notify.telling.reasons import Reason, why
from services.notify.telling.wording import Said
from tests.services.notify.rules.stored import bare, full

EVERY_WORDING = tuple(product(RULES, LANGUAGES))
WORDS = {"zh-CN": "名称", "en": "name"}

HOSTILE = "<script>alert('x')</script>\r\nBcc: all@example.org\u202e {{ 7 * 7 }} {% raw %}\u2028&amp;"


def _needed(rule: str) -> frozenset[str]:
    return wording(rule).names - wording(rule).asked


def _with(rule: str, text: str) -> dict[str, str]:
    return dict.fromkeys(wording(rule).names, text)


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
@pytest.mark.parametrize("message_of", [full, bare])
def test_every_rule_renders_from_the_stored_body_of_its_message(rule: str, locale: str, message_of: object) -> None:
    message = message_of(RULES[rule].on)  # type: ignore[operator]
    facts = facts_of(RULES[rule], message)
    reasons = {why(reason, locale) for reason, _ in RULES[rule].addressed(message)}

    said = render(rule, locale, facts, {})

    assert said.title and "\n" not in said.title and len(said.title) <= 80
    assert said.body and said.body == said.body.strip() and "\n\n\n" not in said.body
    assert not any(mark in said.title + said.body for mark in ("{", "}", "None", "True", "False", "  "))
    assert message_of is bare or " \n" not in said.body
    assert all(spoken(facts, locale)[name] in said.title + said.body for name in _needed(rule))
    for reason in reasons:
        text, html = render_email(said, locale, reason, "https://hub.example.org/")
        assert text.startswith(f"{said.title}\n\n{said.body}\n\n") and reason in text and reason in html


@pytest.mark.parametrize("rule", RULES)
def test_a_chinese_wording_is_chinese_and_an_english_one_is_english(rule: str) -> None:
    chinese, english = (wording(rule).render(locale, _with(rule, WORDS[locale])) for locale in LANGUAGES)

    assert not any("a" <= letter.lower() <= "z" for letter in chinese.title + chinese.body)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.title + english.body)


@pytest.mark.parametrize("rule", RULES)
def test_languages_of_a_rule_use_the_same_facts(rule: str) -> None:
    marks = {name: f"#{name}#" for name in wording(rule).names}
    chinese, english = (wording(rule).render(locale, marks) for locale in LANGUAGES)

    used = {name for name, mark in marks.items() if mark in chinese.title + chinese.body}

    assert used >= _needed(rule)
    assert used == {name for name, mark in marks.items() if mark in english.title + english.body}


def test_render_says_what_was_decided_word_for_word() -> None:
    facts = {"alliance": "长三角高校技术转移联盟", "organization": "黄山学院", "reason": "材料尚需补充"}

    assert render("membership_declined", "zh-CN", facts, {}) == Said(
        title="入盟申请未获接纳：长三角高校技术转移联盟",
        body=(
            "黄山学院加入长三角高校技术转移联盟的申请此次未获接纳。\n\n"
            "原因：材料尚需补充\n\n"
            "感谢黄山学院的关注与支持。条件成熟时，欢迎再次申请；如需了解详情，请与秘书处联系。"
        ),
        subject="入盟申请未获接纳",
    )


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_the_subject_of_an_email_holds_nothing_that_anybody_has_written(rule: str, locale: str) -> None:
    named, other = (wording(rule).render(locale, _with(rule, name)) for name in ("Call +86 10 5555 now", "\r\nBcc: x"))

    assert named.subject == other.subject == wording(rule).subjects[locale]
    assert len(named.subject) >= 4 and named.title.startswith(named.subject)


@pytest.mark.parametrize("locale", ["", "fr", "zh-TW", "../en", "EN"])
def test_an_unknown_locale_reads_chinese(locale: str) -> None:
    facts = facts_of(RULES["member_admitted"], full(RULES["member_admitted"].on))

    assert render("member_admitted", locale, facts, {}) == render("member_admitted", "zh-CN", facts, {})
    assert why(Reason.JUDGING, locale) == why(Reason.JUDGING, "zh-CN")


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_a_missing_required_fact_is_an_error_and_no_notice_with_a_hole(rule: str, locale: str) -> None:
    assert _needed(rule)
    for missing in _needed(rule):
        facts = {name: text for name, text in _with(rule, "name").items() if name != missing}

        with pytest.raises(jinja2.UndefinedError, match=missing):
            wording(rule).render(locale, facts)


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("../en/member_admitted", "zh-CN", {}, {})


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_a_hostile_name_adds_neither_line_nor_code(rule: str, locale: str) -> None:
    tame = wording(rule).render(locale, _with(rule, "name"))

    said = wording(rule).render(locale, _with(rule, HOSTILE))

    assert said.title.isprintable() and len(said.title) == 80
    assert said.body.count("\n") == tame.body.count("\n")
    assert "\u202e" not in said.body and "\r" not in said.body
    assert "{{ 7 * 7 }}" in said.body and "49" not in said.body


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_in_both_languages(reason: Reason) -> None:
    chinese, english = why(reason, "zh-CN"), why(reason, "en")

    assert chinese.endswith("。") and not chinese.isascii()
    assert english.endswith(".") and english.isascii()

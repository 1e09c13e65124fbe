"""Verifying: a saved document is worked out anew without the hub; what is none is said to be none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.digest import digest
from services.events.judging.rejudging.changes import Changes, changed
from services.events.judging.results.document import public_document, whole_document
from services.events.judging.results.evidence import Sheets, ranked, written_evidence
from services.events.judging.results.gathering import Basis, ranking_of
from services.events.judging.results.verifying import NotAResult, findings
from services.events.judging.scoring.ranking import CountedSheet
from tests.services.events.judging.results.rankings import a_row
from tests.services.events.judging.results.test_the_document_of_a_result import about
from tests.services.events.judging.scoring.scored import expecting, sections, stages


def a_whole(sheets: list[CountedSheet], section: dict[str, Any], out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The whole document of a stage with these sheets, whose entries have the names of their codes."""
    evidence = Sheets(sheets=tuple(sheets), expected=expecting(sheets), seed="0")
    after = changed(evidence, Changes(disqualified=out))
    base = about()
    rules = {**base.rules, "scoring": section}
    keys = {line.key for line in ranked(after, section)}
    basis = Basis(rules=rules, evidence=after, entry_of={key: f"entry {key}" for key in keys})
    rows = ranking_of(basis, {f"entry {key}": a_row(f"entry {key}", None, None) for key in keys})
    return whole_document(type(base)(**{**vars(base), "rules": rules, "evidence": written_evidence(after)}), rows)


@given(stages(), sections(), st.data())
def test_whatever_the_hub_publishes_verifies(
    sheets: list[CountedSheet], section: dict[str, Any], data: st.DataObject
) -> None:
    codes = sorted({sheet.code for sheet in sheets})
    whole = a_whole(sheets, section, data.draw(st.frozensets(st.sampled_from(codes))))
    public = public_document(whole)

    for document in (whole, public, {"data": {"resultDocument": {"document": public, "digest": digest(public)}}}):
        assert [finding for finding in findings(document) if not finding.holds] == []


@given(stages(), sections(), st.data())
def test_a_sheet_that_was_changed_afterwards_is_found_out(
    sheets: list[CountedSheet], section: dict[str, Any], data: st.DataObject
) -> None:
    whole = a_whole(sheets, section)
    stated = digest(whole)
    sheet = data.draw(st.sampled_from(whole["evidence"]["sheets"]))
    sheet["points"]["idea"] = "2.5" if sheet["points"]["idea"] != "2.5" else "2"

    found = findings({"document": whole, "digest": stated})

    assert not found[0].holds


@pytest.mark.parametrize(
    "saved",
    [
        None,
        [],
        "…",
        {},
        {"document": None},
        {"document": {"document": {}}},
        {"data": {"one": 1, "other": 2}},
        {"kind": "result", "format": 1},
        {"kind": "result", "format": 2, "rows": []},
        {"kind": "result", "format": 1, "rows": [{}]},
        {"kind": "result", "format": 1, "rows": [{"place": "first"}, {"place": 1}]},
        {"kind": "result", "format": 1, "rows": 7},
        {"kind": "whole result", "format": 1, "rows": [], "evidence": {}, "rules": {}},
        {"kind": "whole result", "format": 1, "rows": [], "evidence": {"source": "sheets", "sheets": 1}, "rules": {}},
    ],
)
def test_what_is_no_document_of_a_result_is_said_to_be_none(saved: Any) -> None:
    with pytest.raises(NotAResult):
        findings(saved)

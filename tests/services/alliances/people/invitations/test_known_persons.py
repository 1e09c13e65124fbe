"""Known persons: where the settings ask for it, an account that nobody is known by gets no role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.authority import Role
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, OFFICE, AlliancesHub, representative


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AlliancesHub]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    monkeypatch.setenv("HUB_ROLES_TO_KNOWN", "true")
    hub = AlliancesHub()
    hub.begin()
    yield hub
    hub.stop()


def test_a_mistyped_account_gets_no_role(strict: AlliancesHub) -> None:
    school, alliance = strict.organization(), strict.alliance()
    scope = {"role": Role.REPRESENTATIVE, "scope_type": "organization", "scope_id": school["id"]}

    for method, by in (("grant_role", OFFICE), ("hand_over_role", representative(school))):
        with strict.refuses("PERSON_UNKNOWN", "person"):
            strict.ask(method, by, person="mistyped", **scope)
    with strict.refuses("PERSON_UNKNOWN", "person"):
        strict.ask("propose_office_change", person="mistyped", kind="appoint")
    entry = {"kind": "mechanism", "name_zh": "甲", "name_en": "A"}
    with strict.refuses("PERSON_UNKNOWN", "secretariat"):
        strict.ask("found_alliance", **entry, secretariat="mistyped")
    with strict.refuses("PERSON_UNKNOWN", "representative"):
        body = {**entry, "kind": "university", "region": HUANGSHAN_CITY}
        strict.ask("register_organization", **body, representative="mistyped")

    strict.ask("update_me", "signed-in", name_zh="甲")
    strict.ask("register_person", organization_id=school["id"], name_zh="乙", account="registered")
    for known in ("signed-in", "registered", f"secretariat:{alliance['id']}"):
        strict.ask("grant_role", person=known, **scope)
        strict.ask("revoke_role", person=known, **scope)
        assert strict.ask("grant_role", person=known, **scope)["person"] == known

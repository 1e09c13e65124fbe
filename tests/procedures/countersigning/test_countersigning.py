"""Countersigning: two people, one text; nobody signs for both, nobody signs what they have not seen, nothing is signed twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from contracts.base import Refusal
from contracts.refusals import DigestDiffers, NothingProposed, SecondPersonNeeded
from kit.data.db import NAMING, TYPES, MetaData
from procedures.countersigning.countersigning import Countersigned, two_people_sign, waiting

SEEN, OTHER = "a" * 64, "b" * 64
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Deed(Countersigned, Table):
    """The least that two people can sign."""

    __tablename__ = "deeds"
    __table_args__ = (two_people_sign(),)

    id: Mapped[str] = mapped_column(primary_key=True)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def deed(signed_by: str | None = None) -> Deed:
    return Deed(id="1", digest=SEEN, proposed_by="wang", proposed_at=NOON, signed_by=signed_by)


def test_a_second_person_signs_what_they_saw() -> None:
    proposed = deed()

    proposed.sign(person="li", digest=SEEN, field="deedId")

    assert proposed.signed_by == "li"


@pytest.mark.parametrize(
    ("signed_by", "person", "digest", "refusal", "field"),
    [
        (None, "wang", SEEN, SecondPersonNeeded, "deedId"),
        (None, "li", OTHER, DigestDiffers, "digest"),
        (None, "wang", OTHER, DigestDiffers, "digest"),
        ("li", "zhao", SEEN, NothingProposed, "deedId"),
        ("li", "li", SEEN, NothingProposed, "deedId"),
        ("li", "wang", OTHER, NothingProposed, "deedId"),
    ],
)
def test_nobody_else_signs_nor_anything_else_nor_again(
    signed_by: str | None, person: str, digest: str, refusal: type[Refusal], field: str
) -> None:
    proposed = deed(signed_by)

    with pytest.raises(refusal) as refused:
        proposed.sign(person=person, digest=digest, field=field)

    assert [problem["field"] for problem in refused.value.problems()] == [field]
    assert proposed.signed_by == signed_by


def test_where_nothing_was_proposed_nothing_waits() -> None:
    proposed = deed()

    assert waiting(proposed, "deedId") is proposed
    with pytest.raises(NothingProposed):
        waiting(None, "deedId")


def test_the_database_itself_takes_no_two_signatures_of_one_person(session: Session) -> None:
    session.add(deed(signed_by="wang"))

    with pytest.raises(IntegrityError, match="ck_deeds_two_people_sign"):
        session.flush()


def test_the_database_keeps_what_nobody_has_signed_yet(session: Session) -> None:
    session.add(deed())
    session.flush()

    columns = {column["name"]: column["nullable"] for column in inspect(session.connection()).get_columns("deeds")}
    assert columns == {"digest": False, "proposed_by": False, "proposed_at": False, "signed_by": True, "id": False}

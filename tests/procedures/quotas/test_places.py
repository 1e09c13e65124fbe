"""Places: books that the database keeps straight, and changes that are made whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from procedures.quotas.places import Places, add, close, conserved, give_back, locked, move, take


@pytest.fixture
def books() -> Iterator[type[Places]]:
    """A table of books, made now, so that what it holds is what the code says now."""

    class Base(DeclarativeBase):
        metadata = MetaData()

    class Books(Places, Base):
        __tablename__ = "books"
        __table_args__ = conserved()
        id: Mapped[str] = mapped_column(primary_key=True)

    yield Books
    Base.registry.dispose()


@pytest.fixture
def session(books: type[Places]) -> Iterator[Session]:
    engine = create_engine("sqlite://")
    books.metadata.create_all(engine)  # type: ignore[attr-defined]
    with Session(engine) as session:
        yield session
    engine.dispose()


def a_book(session: Session, books: type[Places], id_: str = "a", **counts: int | bool) -> Places:
    book = books(**{"id": id_, "issued": 3, "allotted": 3, **counts})  # type: ignore[arg-type]
    session.add(book)
    session.commit()
    return book


@pytest.mark.parametrize(
    "counts",
    [
        {"issued": 4},
        {"allocated": 1},
        {"returned": 1},
        {"allotted": 2},
        {"allotted": 4, "allocated": -1},
        {"allotted": 4, "returned": -1},
        {"allotted": -1, "allocated": 4, "unlimited": True},
        {"taken": -1},
        {"offered": -1},
        {"waiting": -1},
        {"taken": 4},
        {"taken": 2, "offered": 2},
    ],
)
def test_the_database_refuses_books_that_do_not_add_up(
    session: Session, books: type[Places], counts: dict[str, int]
) -> None:
    with pytest.raises(IntegrityError):
        a_book(session, books, **counts)


@pytest.mark.parametrize(
    "counts", [{}, {"taken": 2, "offered": 1}, {"taken": 9, "unlimited": True}, {"issued": 0, "allotted": 0}]
)
def test_the_database_takes_books_that_do(session: Session, books: type[Places], counts: dict[str, int]) -> None:
    a_book(session, books, **counts)


@pytest.mark.parametrize(
    ("counts", "free", "room"),
    [
        ({}, 3, True),
        ({"taken": 2}, 1, True),
        ({"taken": 2, "offered": 1}, 0, False),
        ({"taken": 1, "waiting": 1}, 2, False),
        ({"taken": 5, "waiting": 2, "unlimited": True}, -2, True),
    ],
)
def test_a_place_is_taken_where_there_is_room_and_nobody_waits(
    session: Session, books: type[Places], counts: dict[str, int], free: int, room: bool
) -> None:
    book = a_book(session, books, **counts)

    assert (book.free, book.has_room) == (free, room)
    assert take(session, books, "a") is room
    session.refresh(book)
    assert book.taken == counts.get("taken", 0) + room


def test_what_is_closed_gives_no_place_and_only_that(session: Session, books: type[Places]) -> None:
    one, other = a_book(session, books, "a", taken=2), a_book(session, books, "b", taken=1)

    assert close(session, books, books.id == "a") == 2  # type: ignore[attr-defined]

    session.expire_all()
    assert (one.closed, other.closed) == (True, False)
    assert (take(session, books, "a"), take(session, books, "b")) == (False, True)
    assert not move(session, one, 1, allotted=-1, issued=-1)


def test_several_places_are_taken_whole_or_not_at_all_and_others_wait_besides(
    session: Session, books: type[Places]
) -> None:
    book = a_book(session, books, taken=1)

    assert not take(session, books, "a", 3)
    assert take(session, books, "a", 2, waiting=4)
    assert not take(session, books, "a")
    assert take(session, books, "a", 0, waiting=1)

    session.refresh(book)
    assert (book.taken, book.waiting) == (3, 5)


def test_a_place_given_back_is_counted_and_says_whether_others_wait(session: Session, books: type[Places]) -> None:
    one, other = a_book(session, books, "a", taken=2, waiting=1), a_book(session, books, "b", taken=2)

    assert give_back(session, books, "a")
    assert not give_back(session, books, "b")

    session.expire_all()
    assert [(book.taken, book.freed) for book in (one, other)] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(("places", "moved"), [(1, True), (2, False)])
def test_free_places_are_moved_and_others_are_not(
    session: Session, books: type[Places], places: int, moved: bool
) -> None:
    one, other = a_book(session, books, "a", taken=1, offered=1), a_book(session, books, "b")

    assert move(session, one, places, allotted=-places, allocated=places) is moved

    assert (one.allotted, one.allocated) == ((3 - places, places) if moved else (3, 0))
    assert other.allotted == 3


def test_books_are_changed_without_a_look_at_what_they_have(session: Session, books: type[Places]) -> None:
    one, other = a_book(session, books, "a"), a_book(session, books, "b")

    add(session, books, "a", issued=2, allotted=2)

    session.expire_all()
    assert [(book.issued, book.allotted) for book in (one, other)] == [(5, 5), (3, 3)]


def test_books_are_held_in_the_order_of_their_ids_as_they_are_now(session: Session, books: type[Places]) -> None:
    kept = [a_book(session, books, id_) for id_ in ("c", "a", "b")]
    add(session, books, "b", issued=1, allotted=1)
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda _c, _u, statement, *_: sent.append(statement))

    found = locked(session, books, ["c", "b", "b"])

    assert [book.id for book in found] == ["b", "c"]  # type: ignore[attr-defined]
    assert (kept[2].allotted, kept[0].allotted) == (4, 3)
    assert "ORDER BY books.id" in sent[0]

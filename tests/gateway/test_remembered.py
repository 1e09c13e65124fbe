"""What is remembered is bounded by entries and by the texts that it was asked by; a long text is worked out each time."""

from __future__ import annotations

from gateway.remembered import Remembered


class Work:
    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, text: str, other: int = 0) -> str:
        self.done.append(text)
        return text.upper()


def test_what_was_asked_lately_is_not_worked_out_again() -> None:
    work = Work()
    remembered = Remembered(work, entries=2, longest=10, total=100)

    said = [remembered(text) for text in ("a", "b", "a", "c", "a", "b")]

    assert said == ["A", "B", "A", "C", "A", "B"]
    assert work.done == ["a", "b", "c", "b"]
    assert (len(remembered), remembered.length) == (2, 2)


def test_long_text_is_never_kept() -> None:
    work = Work()
    remembered = Remembered(work, entries=2, longest=10, total=100)

    assert [remembered("a" * 11) for _ in range(2)] == ["A" * 11] * 2

    assert (len(work.done), len(remembered), remembered.length) == (2, 0, 0)


def test_texts_together_have_a_bound() -> None:
    remembered = Remembered(Work(), entries=100, longest=10, total=25)

    for letter in "abcdef":
        remembered(letter * 10)

    assert (len(remembered), remembered.length) == (2, 20)


def test_same_text_with_something_else_is_another_question() -> None:
    work = Work()
    remembered = Remembered(work, entries=9, longest=10, total=25)

    remembered("a", 1)
    remembered("a", 2)

    assert work.done == ["a", "a"]

"""The two things that cross a process: a Message says what happened, a Refusal says which rule said no."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self, TypeAlias, cast

import marshmallow
import marshmallow_dataclass

from contracts.once import once

LANGUAGES = ("zh-CN", "en")


MessageClass: TypeAlias = "type[Message]"
RefusalClass: TypeAlias = "type[Refusal]"


class _Schema(marshmallow.Schema):
    """Readers ignore what they do not know, so that a newer writer can add a field."""

    class Meta:
        unknown = marshmallow.EXCLUDE


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something that happened, as it travels on the broker.

    A subclass is a frozen dataclass with a docstring; `type` is its name on the wire and never changes. Contracts are
    additive: a new field has a default, nothing is renamed or removed.
    """

    type: ClassVar[str]
    private: ClassVar[tuple[str, ...]] = ()
    """The fields with what only its reader needs of a person: texts that the journal loses once nobody needs them."""
    _known: ClassVar[dict[str, MessageClass]] = {}

    def __init_subclass__(cls, *, type: str = "", **kwargs: Any) -> None:  # noqa: A002 - CloudEvents calls it `type`
        super().__init_subclass__(**kwargs)
        if not type:  # what several messages have in common is no message itself
            return
        cls.type = type
        once(Message._known, type, cls)

    @classmethod
    @cache
    def schema(cls) -> marshmallow.Schema:
        """The marshmallow schema that reads and writes the data of this message."""
        return marshmallow_dataclass.class_schema(cls, base_schema=_Schema)()

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read a message from its data; raises marshmallow.ValidationError where the data do not fit."""
        return cast(Self, cls.schema().load(data))

    def data(self) -> dict[str, Any]:
        """The message as JSON values."""
        return dict(vars(self)) if self._texts() else cast(dict[str, Any], self.schema().dump(self))

    @classmethod
    @cache
    def _texts(cls) -> bool:
        """Whether it is made of nothing but texts, which stand on the wire as they are."""
        return all(type(field) is marshmallow.fields.String for field in cls.schema().fields.values())

    @staticmethod
    def known() -> dict[str, MessageClass]:
        """Every message that has been defined, by type."""
        return dict(Message._known)


@dataclass(frozen=True, kw_only=True)
class Named:
    """Something with an id and a name in both languages, so that a reader need not ask for the name."""

    id: str
    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule that said no: a code for programs, a text for people, maybe the field concerned.

    A subclass gives `code`, `zh` and `en`; the texts may use the names of its parameters as `{name}`. A code belongs to
    one class in the whole hub, for a reply names it and nothing else.
    """

    code: ClassVar[str] = "REFUSED"
    zh: ClassVar[str] = "请求被拒绝。"
    en: ClassVar[str] = "The request was refused."
    _known: ClassVar[dict[str, RefusalClass]] = {}

    def __init__(self, field: str | None = None, **params: str | int) -> None:
        super().__init__(self.code)
        self.field = field
        self.params = params

    def __init_subclass__(cls) -> None:
        once(Refusal._known, cls.code, cls)

    def problems(self) -> list[dict[str, Any]]:
        """The refusal as it stands in a reply: a list of {code, field, params}."""
        return [{"code": self.code, "field": self.field, "params": self.params}]

    def text(self, language: str) -> str:
        """The sentence for a person, in `zh-CN` or `en`."""
        return (self.en if language == "en" else self.zh).format(**self.params)

    @staticmethod
    def of(problem: dict[str, Any]) -> Refusal:
        """The refusal that a reply names; one with the general text where a newer service sent a code unknown here."""
        found = Refusal._known.get(str(problem["code"]), Refusal)
        refusal = found.__new__(found)
        Refusal.__init__(refusal, problem.get("field"), **problem.get("params", {}))
        if found is Refusal:
            refusal.code = str(problem["code"])  # type: ignore[misc]
        return refusal

    @staticmethod
    def known() -> dict[str, RefusalClass]:
        """Every refusal that has been defined, by code."""
        return dict(Refusal._known)

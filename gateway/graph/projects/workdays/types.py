"""Working days in the graph: a year's calendar, and what is reckoned by it."""

from __future__ import annotations

import graphene

from contracts.projects.workdays import CalendarStatus, DayKind
from gateway.graph.enums import enum
from gateway.graph.region import region_field
from gateway.graph.times import Date, DateTime


class CalendarDay(graphene.ObjectType):
    """A day that differs from a plain week, which works from Monday to Friday."""

    day = Date(required=True, description="The day, in China.")
    kind = graphene.Field(enum(DayKind), required=True, description="What it is.")


class CalendarVersion(graphene.ObjectType):
    """What an office said of a year's working days, from a moment on."""

    number = graphene.Int(required=True, description="Its number, counted from 1.")
    status = graphene.Field(enum(CalendarStatus), required=True, description="Whether the year was certain then.")
    source = graphene.String(required=True, description="Where it is said, as the title and number of the notice.")
    created_at = DateTime(required=True, description="When it was said.")


class CalendarYear(graphene.ObjectType):
    """The working days of a year (工作日历)."""

    year = graphene.Int(required=True, description="The year.")
    province = region_field("The province whose calendar was asked for; none for the calendar of all.")
    status = graphene.Field(enum(CalendarStatus), required=True, description="Whether its days are certain.")
    workdays = graphene.Int(required=True, description="How many working days it has.")
    days = graphene.List(
        graphene.NonNull(CalendarDay), required=True, description="The days that differ from a plain week, in order."
    )
    versions = graphene.List(
        graphene.NonNull(CalendarVersion),
        required=True,
        description="What the offices have said of it, newest first, at most 50; none where it is as the State Council "
        "gave it, or where nobody has said anything yet.",
    )


class Workday(graphene.ObjectType):
    """A day that was reckoned."""

    day = Date(required=True, description="The day, in China.")
    provisional = graphene.Boolean(
        required=True,
        description="Whether a year that is not official yet was reckoned with, so that it may still move.",
    )


class WorkdayCount(graphene.ObjectType):
    """A number of working days that was reckoned."""

    workdays = graphene.Int(required=True, description="How many working days.")
    provisional = graphene.Boolean(
        required=True,
        description="Whether a year that is not official yet was reckoned with, so that it may still change.",
    )

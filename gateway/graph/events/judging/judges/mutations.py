"""What can be done about judges through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.judges.types import AssignmentReport, Draw, JudgeCandidate, JudgeSeat
from gateway.graph.relay import Command, node_id, node_ids
from gateway.graph.times import Date


class FormerInstitutionInput(graphene.InputObjectType):
    """Where somebody worked before, and until when."""

    organization_id = node_id("Organization", required=True)
    until = Date(required=True)


class NominateJudge(Command):
    """Let somebody be drawn as a judge. For the organisers."""

    class Meta:
        service = "events"
        result = "candidate"

    class Input:
        competition_id = node_id("Competition", required=True)
        person = graphene.String(required=True, description="The subject of their token.")
        name = graphene.String(required=True)
        person_number = graphene.String(
            description="An identity number, by which they are found among the members of entries; it is not kept."
        )
        organization_id = node_id("Organization", required=True)
        organization_since = Date()
        formerly = graphene.List(graphene.NonNull(FormerInstitutionInput), description="At most 20.")
        province = graphene.String(description="GB/T 2260 code; that of the organisation, where nothing is given.")
        track_ids = node_ids("Track", required=True)
        max_load = graphene.Int(description="How many works they take, where it is fewer than the rules let them.")

    candidate = graphene.Field(JudgeCandidate)


class DeclareConflict(Command):
    """Keep a candidate from judging an entry or an institution's entries. For the candidate and the organisers."""

    class Meta:
        service = "events"
        result = "candidate"

    class Input:
        candidate_id = node_id("JudgeCandidate", required=True)
        organization_id = node_id("Organization", description="Either this …")
        entry_id = node_id("Entry", description="… or this.")
        reason = graphene.String(required=True)

    candidate = graphene.Field(JudgeCandidate)


class WithdrawCandidate(Command):
    """Let somebody no longer be drawn. For the candidate and the organisers."""

    class Meta:
        service = "events"
        result = "candidate"

    class Input:
        candidate_id = node_id("JudgeCandidate", required=True)

    candidate = graphene.Field(JudgeCandidate)


class CommitDraw(Command):
    """Hand in a commitment; the second one freezes the roster. For an organiser and a supervisor, two people."""

    class Meta:
        service = "events"
        result = "draw"

    class Input:
        stage_id = node_id("Stage", required=True)
        commitment = graphene.String(
            required=True, description="SHA-256 of secret and nonce, one behind the other, as 64 hexadecimal digits."
        )

    draw = graphene.Field(Draw)


class RevealDraw(Command):
    """Reveal what one committed to; the second reveal draws the panel. For the two who committed."""

    class Meta:
        service = "events"
        result = "draw"

    class Input:
        draw_id = node_id("Draw", required=True)
        secret = graphene.String(required=True)
        nonce = graphene.String(required=True, description="64 hexadecimal digits.")

    draw = graphene.Field(Draw)


class CancelDraw(Command):
    """Let a draw not count, before its works are assigned; it stays to be seen. For a supervisor."""

    class Meta:
        service = "events"
        result = "draw"

    class Input:
        draw_id = node_id("Draw", required=True)
        reason = graphene.String(required=True)

    draw = graphene.Field(Draw)


class AcceptSeat(Command):
    """Take a seat. For who was drawn."""

    class Meta:
        service = "events"
        result = "seat"

    class Input:
        seat_id = node_id("JudgeSeat", required=True)

    seat = graphene.Field(JudgeSeat)


class DeclineSeat(Command):
    """Not take a seat: the next in the order steps in. For who was drawn."""

    class Meta:
        service = "events"
        long = True
        result = "seat"

    class Input:
        seat_id = node_id("JudgeSeat", required=True)
        reason = graphene.String(required=True)

    seat = graphene.Field(JudgeSeat)


class AssignJudges(Command):
    """Deal the codes of a stage, and give every work its judges. For the organisers."""

    class Meta:
        service = "events"
        long = True
        result = "report"

    class Input:
        stage_id = node_id("Stage", required=True)

    report = graphene.Field(AssignmentReport)


class ReplaceJudge(Command):
    """End a seat in an emergency: the next in the order takes it, with the works not judged yet. For the organisers."""

    class Meta:
        service = "events"
        long = True
        result = "seat"

    class Input:
        seat_id = node_id("JudgeSeat", required=True)
        reason = graphene.String(required=True)

    seat = graphene.Field(JudgeSeat)


class JudgeMutations(graphene.ObjectType):
    nominate_judge = NominateJudge.Field()
    declare_conflict = DeclareConflict.Field()
    withdraw_candidate = WithdrawCandidate.Field()
    commit_draw = CommitDraw.Field()
    reveal_draw = RevealDraw.Field()
    cancel_draw = CancelDraw.Field()
    accept_seat = AcceptSeat.Field()
    decline_seat = DeclineSeat.Field()
    assign_judges = AssignJudges.Field()
    replace_judge = ReplaceJudge.Field()

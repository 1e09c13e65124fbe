"""Personal: where events holds something of a person, and what of it they are given."""

from __future__ import annotations

from procedures.person_exports.sources import Source
from services.events.admission.entries.model import EntryAnswer, Member
from services.events.admission.entries.sightings import EntrySighting
from services.events.attachments.model import AttachmentUpload
from services.events.calendar.model import CalendarAddress
from services.events.editions.series.model import AllianceConsent
from services.events.fixtures.model import ScoreRecord
from services.events.judging.blinding.model import Seal
from services.events.judging.judges.model import Candidate, DrawCommitment, Seat
from services.events.judging.motions.model import Motion
from services.events.judging.objections.model import Arbitrator, ArbitratorSeat, Objection
from services.events.judging.rejudging.model import RejudgedSheet, Rejudging, Ruling
from services.events.judging.results.model import ResultVersion
from services.events.judging.scoring.model import Sheet
from services.events.judging.works.model import Upload, WorkVersion
from services.events.recognition.awards.model import Award
from services.events.speaking.announcements.model import Hearer
from services.events.speaking.questions.model import Answer, Question

PERSONAL: tuple[Source, ...] = (
    Source("entries", Member, "person", "person id entry_id role name organization_id erased_at"),
    Source("entries_looked_at", EntrySighting, "seen_by", "seen_by id created_at thing what"),
    Source(
        "entry_answers",
        EntryAnswer,
        "person",
        "entry_id key value",
        through=(Member, Member.entry_id == EntryAnswer.entry_id),
    ),
    Source(
        "judge_candidates",
        Candidate,
        "person",
        "person id edition_id name organization_id province status created_at withdrawn_at",
    ),
    Source("judge_seats", Seat, "person", "person id stage_id province status created_at answered_at"),
    Source(
        "sheets",
        Sheet,
        "person",
        "id stage_id seat_id status points remark submitted_at",
        through=(Seat, Seat.id == Sheet.seat_id),
    ),
    Source("draws", DrawCommitment, "person", "person draw_id party committed_at revealed_at"),
    Source("arbitrators", Arbitrator, "person", "person id series_id organization_id province created_at"),
    Source("arbitrator_seats", ArbitratorSeat, "person", "person id objection_id upholds reason voted_at left_at"),
    Source("objections", Objection, "person", "person id result_id entry_id ground statement status created_at"),
    Source("works", WorkVersion, "person", "person id work_id number name size completed_at erased_at"),
    Source("uploads", Upload, "person", "person id entry_id name size expires_at"),
    Source("sheets_judged_again", RejudgedSheet, "person", "person id given_at"),
    Source("rulings", Ruling, "person", "person id given_at lifted_at"),
    Source("rejudgings_opened", Rejudging, "opened_by", "opened_by id created_at"),
    Source("rejudgings_applied", Rejudging, "applied_by", "applied_by id applied_at"),
    Source("openings_requested", Seal, "requested_by", "requested_by id requested_at"),
    Source("openings", Seal, "opened_by", "opened_by id opened_at"),
    Source("results_proposed", ResultVersion, "proposed_by", "proposed_by id proposed_at"),
    Source("results_signed", ResultVersion, "signed_by", "signed_by id"),
    Source("motions_proposed", Motion, "proposed_by", "proposed_by id proposed_at"),
    Source("motions_signed", Motion, "signed_by", "signed_by id"),
    Source("scores_recorded", ScoreRecord, "recorded_by", "recorded_by fixture_id record recorded_at"),
    Source("awards_withdrawn", Award, "withdrawn_by", "withdrawn_by id withdrawn_at"),
    Source("consents", AllianceConsent, "given_by", "given_by given_at"),
    Source("announcements_heard", Hearer, "hearer", "hearer announcement_id heard_as"),
    Source("questions", Question, "person", "person id edition_id text status created_at"),
    Source("question_answers", Answer, "person", "person question_id number text given_at"),
    Source("attachment_uploads", AttachmentUpload, "person", "person id edition_id name size expires_at"),
    Source("calendar", CalendarAddress, "person", "person renewed_at"),
)

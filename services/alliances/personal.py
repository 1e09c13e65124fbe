"""Personal: where alliances holds something of a person, and what of it they are given."""

from __future__ import annotations

from procedures.person_exports.sources import Source, Whose
from services.alliances.authority.offices.model import OfficeChange
from services.alliances.authority.roles.model import GrantGround
from services.alliances.authority.sessions.model import EndedSessions
from services.alliances.membership.contacts.model import ContactSighting
from services.alliances.membership.delegates.model import Delegate
from services.alliances.membership.invitations.model import InvitationLetter
from services.alliances.membership.memberships.model import MembershipStep
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload
from services.alliances.merging.dismissals.model import Dismissal
from services.alliances.merging.mergers.model import MergerFacts
from services.alliances.people.exports.model import PersonExport
from services.alliances.people.invitations.model import RoleInvitation
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.sightings.model import Sighting

PERSONAL: tuple[Source, ...] = (
    Source(
        "records", Person, "id", "id name_zh name_en account created_at named_at merged_into erase_at", by=Whose.RECORD
    ),
    Source(
        "affiliations",
        Affiliation,
        "person_id",
        "person_id id organization_id position department since until main",
        by=Whose.RECORD,
    ),
    Source("sightings", Sighting, "person_id", "person_id id created_at seen_by what purpose", by=Whose.RECORD),
    Source("exports", PersonExport, "person_id", "person_id id created_at asked_by purpose until", by=Whose.RECORD),
    Source("exports_asked_for", PersonExport, "asked_by", "asked_by id created_at person_id purpose until"),
    Source("persons_registered", Person, "registered_by", "registered_by id created_at"),
    Source("people_looked_at", Sighting, "seen_by", "seen_by id created_at person_id what purpose"),
    Source("contacts_looked_at", ContactSighting, "seen_by", "seen_by id created_at thing what"),
    Source("delegates", Delegate, "person", "person id name created_at"),
    Source("delegates_by_record", Delegate, "person_id", "person_id id name position since until", by=Whose.RECORD),
    Source("roles_given", GrantGround, "given_by", "given_by id grant_id kind given_at until ended_at"),
    Source(
        "invitations_sent",
        RoleInvitation,
        "invited_by",
        "invited_by id created_at role scope_type scope_id expires_at accepted_at withdrawn_at",
    ),
    Source(
        "invitations_accepted", RoleInvitation, "accepted_by", "accepted_by id role scope_type scope_id accepted_at"
    ),
    Source("sessions_ended", EndedSessions, "person", "person id ended_at"),
    Source("office_changes", OfficeChange, "person", "person id kind proposed_at signed_at withdrawn_at"),
    Source("office_changes_proposed", OfficeChange, "proposed_by", "proposed_by id kind proposed_at"),
    Source("office_changes_signed", OfficeChange, "signed_by", "signed_by id kind signed_at"),
    Source("steps_of_memberships", MembershipStep, "taken_by", "taken_by membership_id version status"),
    Source(
        "application_papers",
        ApplicationPaper,
        "person",
        "person id alliance_id organization_id kind name size completed_at",
    ),
    Source("invitation_letters", InvitationLetter, "posted_by", "posted_by id membership_id posted_at expires_at"),
    Source("paper_uploads", PaperUpload, "person", "person id alliance_id organization_id kind name size expires_at"),
    Source("mergers", MergerFacts, "merged_by", "merged_by id survivor_id other_id reason"),
    Source("pairs_dismissed", Dismissal, "dismissed_by", "dismissed_by id earlier_id later_id reason dismissed_at"),
)

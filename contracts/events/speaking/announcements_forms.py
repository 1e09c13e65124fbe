"""The forms of announcements: writing, sending, stopping and correcting one, and finding them."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.speaking.announcements import Hearers
from contracts.forms import Input, choice, flag, identifier, instant, listing, region, text


class _Announced(Input):
    announcement_id = identifier("Announcement", says="The announcement.")


class DraftAnnouncement(Input):
    """Write an announcement to those of a published competition; nobody is told before it is sent. For the organisers."""

    competition_id = identifier("Competition", says="The competition that it is about.")
    to = choice(Hearers, says="Whom it is for.")
    track_id = identifier("Track", required=False, says="Only those of this track.")
    province = region(required=False, says="Only those of this province.")
    organization_ids = listing(
        identifier("Organization"), max=100, required=False, says="Only these institutions, or their delegations."
    )
    public = flag(required=False, says="Show it to everybody on the page of the competition; false by default.")
    title_zh = text(max=100, says="Its title in Chinese.")
    title_en = text(max=200, required=False, says="Its title in English.")
    text_zh = text(lines=True, max=4000, says="Its text in Chinese.")
    text_en = text(lines=True, max=8000, required=False, says="Its text in English.")


class ChangeAnnouncement(_Announced):
    """Change an announcement that has not been said; what is left out stays. For the organisers."""

    to = choice(Hearers, required=False, says="Whom it is for.")
    track_id = identifier("Track", required=False, says="Only those of this track.")
    province = region(required=False, says="Only those of this province.")
    organization_ids = listing(
        identifier("Organization"), max=100, required=False, says="Only these institutions; an empty list means all."
    )
    public = flag(required=False, says="Show it to everybody on the page of the competition.")
    title_zh = text(max=100, required=False, says="Its title in Chinese.")
    title_en = text(max=200, required=False, says="Its title in English.")
    text_zh = text(lines=True, max=4000, required=False, says="Its text in Chinese.")
    text_en = text(lines=True, max=8000, required=False, says="Its text in English.")


class SendAnnouncement(_Announced):
    """Say an announcement, now or at a moment; sending it again says nothing twice. For the organisers."""

    goes_at = instant(required=False, says="When it is to be said; at once by default.")


class StopAnnouncement(_Announced):
    """Stop an announcement whose time has not come; it is a draft again. For the organisers."""


class CorrectAnnouncement(_Announced):
    """Set right an announcement that was said, by another one to the same people. For the organisers."""

    title_zh = text(max=100, says="The title of the correction in Chinese.")
    title_en = text(max=200, required=False, says="The title of the correction in English.")
    text_zh = text(lines=True, max=4000, says="The text of the correction in Chinese.")
    text_en = text(lines=True, max=8000, required=False, says="The text of the correction in English.")


class Announcements(Browsed):
    """The announcements of a competition: the public ones, one's own, and all for its organisers, newest first."""

    competition_id = identifier("Competition", says="The competition that they are about.")
    order_by = ordered(ByAge, ByAge.NEWEST)


class AnnouncementReach(_Announced):
    """Whom an announcement would reach now: how many, and the first ones; nobody is told. For the organisers."""


class ActionsOnAnnouncements(Input):
    """What the viewer can do about several announcements."""

    announcement_ids = listing(identifier(), min=1, max=100)

"""Settings: those of the kit, and with them what the gateway and each family bring, read from one environment."""

from __future__ import annotations

from console.settings import ConsoleSettings
from gateway.budgets.settings import BudgetSettings
from gateway.certificates.settings import CertificateSettings
from gateway.settings import GatewaySettings
from gateway.sign_in.settings import SignInSettings
from gateway.transfers.settings import TransferSettings
from hub.development import known_secrets, reached_from_elsewhere
from hub.web.settings import WebSettings
from kit import settings
from kit.fonts.settings import FontSettings
from procedures.reminders.settings import ReminderSettings
from procedures.sightings.settings import SightingSettings
from services.alliances.authority.roles.settings import RoleSettings
from services.alliances.membership.invitations.settings import LetterSettings
from services.alliances.membership.memberships.settings import MembershipSettings
from services.alliances.membership.papers.settings import PaperSettings
from services.alliances.merging.mergers.settings import MergerSettings
from services.alliances.people.exports.settings import PersonExportSettings
from services.alliances.people.invitations.settings import InvitationSettings
from services.alliances.people.persons.settings import PeopleSettings
from services.alliances.registry.importing.settings import ImportSettings
from services.events.attachments.settings import AttachmentSettings
from services.events.competitions.settings import CompetitionSettings
from services.events.judging.scoring.settings import ScoringSettings
from services.events.judging.works.settings import WorksSettings
from services.events.speaking.announcements.settings import AnnouncementLimits
from services.events.speaking.questions.settings import QuestionLimits
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.notices.settings import NoticeLimits
from services.projects.cooperation.agreements.settings import AgreementSettings

KNOWN_TO_ALL = (
    "{names}: 这是开发用的公开口令，而枢纽对外服务；请设置自己的口令（openssl rand -hex 24） · "
    "these are secrets of development, which everybody knows, and the hub is reached from elsewhere: set your own"
)
PARTS = (
    WebSettings,
    GatewaySettings,
    BudgetSettings,
    SignInSettings,
    ConsoleSettings,
    CertificateSettings,
    FontSettings,
    SightingSettings,
    TransferSettings,
    AgreementSettings,
    ReminderSettings,
    MembershipSettings,
    MergerSettings,
    PaperSettings,
    LetterSettings,
    RoleSettings,
    PeopleSettings,
    InvitationSettings,
    PersonExportSettings,
    ImportSettings,
    AttachmentSettings,
    CompetitionSettings,
    ScoringSettings,
    WorksSettings,
    AnnouncementLimits,
    QuestionLimits,
    Smtp,
    MailLimits,
    NoticeLimits,
)


def read_settings() -> settings.Settings:
    """The settings of the whole hub; raises SettingsError naming all faults at once, whoever reads them.

    Secrets that everybody knows are a fault where the hub is reached from other machines.
    """
    given = settings.read_settings(*PARTS)
    if reached_from_elsewhere(given) and (known := known_secrets(given)):
        raise settings.SettingsError(KNOWN_TO_ALL.format(names=", ".join(known)))
    return given

"""Settings: those of the kit, and with them what the gateway and each family bring, read from one environment."""

from __future__ import annotations

from gateway.budgets.settings import BudgetSettings
from gateway.certificates.settings import CertificateSettings
from gateway.settings import GatewaySettings
from gateway.sign_in.settings import SignInSettings
from gateway.transfers.settings import TransferSettings
from hub.web.settings import WebSettings
from kit import settings
from services.notify.delivery.settings import Smtp
from services.projects.cooperation.agreements.settings import AgreementSettings

PARTS = (
    WebSettings,
    GatewaySettings,
    BudgetSettings,
    SignInSettings,
    CertificateSettings,
    TransferSettings,
    AgreementSettings,
    Smtp,
)


def read_settings() -> settings.Settings:
    """The settings of the whole hub; raises SettingsError naming all faults at once, whoever reads them."""
    return settings.read_settings(*PARTS)

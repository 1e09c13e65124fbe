"""Quiet: imported first by processes that load eventlet's names through nameko but never run on it."""

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated", category=Warning)

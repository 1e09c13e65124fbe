"""Quiet: imported first by processes that load eventlet's names through nameko but never run on it."""

import os
import warnings

os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # 230 modules that ask for names in a cooperative way
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated", category=Warning)

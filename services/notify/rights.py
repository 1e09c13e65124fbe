"""Rights: whose a notice is; nobody else reads it, not even the hub office."""

from __future__ import annotations

from kit.rights.right import person

OWN_NOTICE = person("recipient", "收件人本人", "its recipient")

"""Notice: whose work the hub ships, with the licence of each, from the bill of materials of an environment.

cyclonedx-py environment --output-reproducible --gather-license-texts .venv/bin/python | python -m deploy.image.notice > NOTICE
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LONGEST_NAME = 80  # characters; what is longer is a text
OPENING = """Delta Hub · 长三角教育协作枢纽
Licensed under the Apache License, Version 2.0 (see LICENSE).

The image holds the packages below, each under its own licence. The text of each stands in the package's folder
(/opt/hub/lib/python3*/site-packages/*.dist-info), versions and digests in requirements.lock, all of it as CycloneDX in
/app/bom.cdx.json. 镜像含下列软件包，各按其许可使用。

"""
BESIDES = """
Not from the package index · 不来自软件包仓库:

GraphiQL, React, React DOM and what GraphiQL bundles: MIT and others (gateway/protocol/static/graphiql/*LICENSE*)
htmx: Zero-Clause BSD (console/static/htmx.LICENSE.txt)
Noto Serif CJK: SIL Open Font License 1.1 (/usr/share/doc/fonts-noto-cjk/copyright)
Other Noto fonts: SIL Open Font License 1.1 (/usr/share/doc/fonts-noto-core/copyright)
HanaMin: SIL Open Font License 1.1 (/usr/share/doc/fonts-hanazono/copyright)
Debian and Python, the base of the image: /usr/share/doc/*/copyright
"""


def notice(bom: Mapping[str, Any], shipped: Iterable[str]) -> str:
    """The text of NOTICE; raises KeyError for a package that is `shipped` and not in the bill."""
    by_name = {normal(component["name"]): component for component in bom["components"]}
    lines = [f"{name}: {' and '.join(licences(by_name[name]))}" for name in sorted(shipped)]
    return OPENING + "\n".join(lines) + "\n" + BESIDES


def licences(component: Mapping[str, Any]) -> list[str]:
    """The licences of a package, as SPDX has them where it says so, else in its own words."""
    said = [each.get("expression") or _name(each["license"]) for each in component.get("licenses", ())]
    return sorted({one for one in said if one and not one.endswith("OSI Approved")})


def _name(licence: Mapping[str, Any]) -> str:
    """A classifier is a path, whose last part is the name; what has no name has its words, or a whole text that is not listed."""
    if not str(licence.get("name", "")).startswith("declared license"):
        return str(licence.get("id") or licence["name"].rpartition(" :: ")[2])
    words = str(licence.get("text", {}).get("content", "")).strip()
    return words if words.count("\n") == 0 and len(words) < LONGEST_NAME else ""


def locked(lock: str) -> set[str]:
    """The names of the packages in a lock file."""
    return {normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE)}


def normal(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    names = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    sys.stdout.write(notice(json.load(sys.stdin), names))

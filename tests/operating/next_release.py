"""Next release: a copy of the source in which alliances says more in a message and two services have a new column."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.running.processes import ROOT

PARTS = ("contracts", "gateway", "hub", "kit", "procedures", "services")
LAST_FIELD = "    website: str | None = None\n"
NEXT_CLASS = "\n\n@dataclass(frozen=True, kw_only=True)\nclass OrganizationRegistered"
MOTTO = "厚德博学"
EDITS = {
    "contracts/alliances/registry/organizations.py": (
        LAST_FIELD + NEXT_CLASS,
        f'{LAST_FIELD}    motto: str = ""\n{NEXT_CLASS}',
    ),
    "services/alliances/registry/organizations/model.py": (
        "    credit_code: Mapped[str | None]\n",
        f'    credit_code: Mapped[str | None]\n    motto: Mapped[str | None] = mapped_column(default="{MOTTO}")\n',
    ),
    "services/alliances/registry/organizations/telling.py": (
        '        "website": organization.website,\n',
        f'        "website": organization.website,\n        "motto": "{MOTTO}",\n',
    ),
    "services/projects/directory/model.py": (
        "    region: Mapped[str]\n",
        "    region: Mapped[str]\n    motto: Mapped[str | None]\n",
    ),
    "services/projects/directory/commands.py": (
        "    row.version, row.kind",
        '    row.motto = getattr(told, "motto", None)\n    row.version, row.kind',
    ),
}
MIGRATED = ("alliances", "projects")
MIGRATION = '''"""mottoes"""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organizations", sa.Column("motto", sa.String(), nullable=True))
'''


def copy_source(folder: Path) -> None:
    """Copy what git knows of the parts that run."""
    files = subprocess.run(
        ["git", "ls-files", *PARTS], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)


def next_release(folder: Path) -> Path:
    """Make it in this folder, from what git knows of the source; fails where the source no longer reads as expected."""
    copy_source(folder)
    for name, (before, after) in EDITS.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{name} has changed: {before!r}"
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    for service in MIGRATED:
        migrations = folder / "services" / service / "migrations"
        newest = max(path.name.split("_")[0] for path in migrations.glob("[0-9]*.py"))
        (migrations / "9999_mottoes.py").write_text(MIGRATION.format(newest=newest), encoding="utf-8")
    return folder

"""motions, which two people sign; fixtures and draws keep to the rules of their day"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IN_FORCE = """UPDATE {table} SET rules_version = (
    SELECT max(rule_sets.number) FROM rule_sets JOIN stages ON stages.edition_id = rule_sets.edition_id
    WHERE stages.id = {table}.stage_id AND rule_sets.created_at <= {day}
) WHERE {day} IS NOT NULL"""
"""What was settled before goes on by the version of the rules that was in force on that day."""


def upgrade() -> None:
    op.create_table(
        "motions",
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("stage_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("arguments", kit.data.db.Json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("lapses_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("signed_by <> proposed_by", name="ck_motions_two_people_sign"),
        sa.CheckConstraint("(status = 'carried') = (signed_by IS NOT NULL)", name="ck_motions_carried_by_two"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_motions_edition_id"),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_motions_stage_id"),
        sa.PrimaryKeyConstraint("id", name="pk_motions"),
    )
    waiting = {"postgresql_where": sa.text("status = 'proposed'"), "sqlite_where": sa.text("status = 'proposed'")}
    with op.batch_alter_table("motions", schema=None) as batch_op:
        batch_op.create_index("uq_motions_waiting", ["act", "about_id"], unique=True, **waiting)
        batch_op.create_index("ix_motions_edition", ["edition_id", "id"], unique=False)
    op.add_column("fixture_lists", sa.Column("rules_version", sa.Integer(), nullable=True))
    op.add_column("draws", sa.Column("rules_version", sa.Integer(), nullable=True))
    op.execute(
        IN_FORCE.format(table="fixture_lists", day="coalesce(fixture_lists.drawn_up_at, fixture_lists.created_at)")
    )
    op.execute(IN_FORCE.format(table="draws", day="draws.frozen_at"))

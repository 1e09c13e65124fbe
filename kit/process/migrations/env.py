"""Alembic's entry: runs migrations on the connection that kit.process.migrate hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("tables"),
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="kit.data.db.",
)
with context.begin_transaction():
    context.run_migrations()

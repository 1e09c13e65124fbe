"""CLI: every process and every operator's command is `hub <something>`, one thin function each.

Imports stand inside the functions so that a process loads only what it runs on.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Literal

import click

from hub.broker_cli import broker
from hub.command_line import ROOT, settings_or_exit, write_or_compare
from hub.offline import draw, result
from kit.settings import SERVICES
from kit.telemetry.logs import configure


@click.group()
def cli() -> None:
    """长三角教育协作枢纽 · the Delta Hub"""


cli.add_command(broker)
cli.add_command(result)
cli.add_command(draw)


@cli.command()
def run() -> None:
    """在一个进程中运行整个枢纽 · run the whole hub in this process."""
    from hub.run import run_embedded

    run_embedded(settings_or_exit())


@cli.command()
@click.argument("service", type=click.Choice(SERVICES))
def serve(service: str) -> None:
    """运行一个服务 · run one service on RabbitMQ."""
    from hub.services import service_class
    from kit.process.run import serve as serve_service
    from kit.wire.call_keys import UnusableCallKey

    settings = settings_or_exit()
    if settings.embedded:
        raise click.ClickException("HUB_AMQP_URI is not set: `hub run` serves a hub in one process")
    try:
        serve_service(service_class(service), settings)
    except UnusableCallKey as unusable:
        raise click.ClickException(str(unusable)) from None


@cli.command()
def gateway() -> None:
    """运行网关 · run the gateway on RabbitMQ."""
    from hub.gateway import run_gateway

    run_gateway(settings_or_exit())


@cli.command()
@click.argument("service", type=click.Choice(SERVICES), required=False)
@click.option("--contract", is_flag=True, help="also remove what only older releases use: once none of them runs")
def migrate(service: str | None, contract: bool) -> None:
    """迁移数据库，声明或核对队列 · prepare the database and the queues of one service, or of all."""
    from hub.migrate import prepare, prepare_gateway

    settings = settings_or_exit()
    for name in [service] if service else SERVICES:
        click.echo(f"{name}: {prepare(settings, name, contract=contract)}")
    if not service:
        prepare_gateway(settings)


@cli.command()
@click.argument("process", type=click.Choice(["gateway", *SERVICES]), required=False)
def doctor(process: str | None) -> None:
    """检查所需的一切并说明如何处理 · check everything that a process (or the hub) needs, and say what to do."""
    from hub.doctor import examine
    from hub.home import named

    settings = settings_or_exit()
    click.echo(named(settings.home))
    findings = list(examine(settings, process))
    for finding in findings:
        click.echo(finding.line())
    if any(finding.fault for finding in findings):
        sys.exit(1)


@cli.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("message")
def revise(service: str, message: str) -> None:
    """写出下一个迁移 · write the next migration of a service, for developers."""
    from hub.migrate import revise as revise_service

    click.echo(revise_service(service, message))


@cli.command()
@click.option("--as", "persona", required=True, help="hub-office, secretariat, organizer, …")
@click.option("--hours", default=12, show_default=True, type=click.IntRange(1, 24 * 30))
def token(persona: str, hours: int) -> None:
    """为演示角色签发令牌 · print a token for a demo persona of the embedded hub."""
    from hub.home import named
    from hub.personas import sign_in

    settings = settings_or_exit()
    click.echo(sign_in(settings, persona, hours))
    click.echo(named(settings.home), err=True)


NEXT = (
    "下一步：以此人登录，登记单位、建立联盟（docs/compose.zh-CN.md）"
    " · next: sign in as this person, register organisations and found alliances (docs/compose.md):"
)


@cli.command()
@click.argument("person")
@click.option("--remove", is_flag=True, help="take the role from the person")
def office(person: str, remove: bool) -> None:
    """授予枢纽办公室角色 · make a person (the subject of their token) the hub office, without a second signature."""
    from contracts.base import Refusal
    from hub import office as offices

    settings = settings_or_exit()
    try:
        (offices.remove if remove else offices.appoint)(settings, person)
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.text('zh-CN')} {refusal.text('en')}") from None
    click.echo(person)
    if not remove:
        click.echo(f"{NEXT} {settings.address}/graphql", err=True)


@cli.command()
@click.option("--url", default=None, help="http://127.0.0.1:8000 or as HUB_PORT says")
def flow(url: str | None) -> None:
    """执行一条命令并显示每一步 · run one command on a running hub and print each step with its time."""
    from hub.flow import show_flow

    settings = settings_or_exit()
    configure("WARNING")
    show_flow(settings, url)


@cli.group()
def parked() -> None:
    """搁置的消息 · messages that were given up on: in the inboxes, and in the dead-letter queues."""


@parked.command("list")
def parked_list() -> None:
    """列出 · list them."""
    from hub.parked import list_parked

    found = False
    for line in list_parked(settings_or_exit()):
        found = True
        click.echo(line)
    if not found:
        click.echo("没有搁置的消息 · nothing is parked", err=True)


@parked.command("show")
@click.argument("message_id")
def parked_show(message_id: str) -> None:
    """查看一条 · show one in full."""
    from hub.parked import show_parked

    click.echo(show_parked(settings_or_exit(), message_id))


@parked.command("retry")
@click.argument("message_id")
def parked_retry(message_id: str) -> None:
    """重试 · try one again."""
    from hub.parked import retry_parked

    click.echo(retry_parked(settings_or_exit(), message_id))


@parked.command("discard")
@click.argument("message_id")
def parked_discard(message_id: str) -> None:
    """放弃 · give one up for good."""
    from hub.parked import discard_parked

    click.echo(discard_parked(settings_or_exit(), message_id))


MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"])


@cli.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.option(
    "--lost",
    type=click.Choice(["database", "broker"]),
    required=True,
    help="what was lost and is restored or set up again",
)
@click.option(
    "--since", type=MOMENT, required=True, help="of the backup, or before the loss: 2026-11-26T03:00:00+08:00"
)
@click.option("--until", type=MOMENT, required=True, help="of the loss, or when the new broker was ready")
def replay(service: str, lost: Literal["database", "broker"], since: datetime, until: datetime) -> None:
    """恢复后重放消息 · after a loss: tell a service what the others have said in the meantime."""
    from hub.replay import forgotten
    from hub.replay import replay as replay_messages

    settings, failed = settings_or_exit(), 0
    for replayed in replay_messages(settings, service, lost, since, until):
        click.echo(replayed.line())
        failed += replayed.failed
    for line in forgotten(settings, service, since) if lost == "database" else ():
        click.echo(f"他处已知、此处已失 · known elsewhere and lost here: {line}")
    if failed:
        sys.exit(1)


@cli.command()
@click.option("--check", is_flag=True, help="only compare, also with the last release")
@click.option("--released", is_flag=True, help="at a release: from now on this is the last release's schema")
def schema(check: bool, released: bool) -> None:
    """生成 GraphQL 模式 · write gateway/schema.graphql."""
    if check and released:
        raise click.UsageError("--check compares, --released writes")
    from gateway.schema import printed
    from hub.schema_changes import changes_since_release, release

    now = printed()
    write_or_compare(ROOT / "gateway" / "schema.graphql", now, check)
    if released:
        release(now)
    found = list(changes_since_release(now).lines())
    for line in found:
        click.echo(line, err=True)
    if check and found:
        sys.exit(1)


@cli.command()
@click.option("--check", is_flag=True, help="only compare")
def asyncapi(check: bool) -> None:
    """生成 AsyncAPI 文档 · write docs/asyncapi.yaml."""
    from hub.asyncapi import document

    write_or_compare(ROOT / "docs" / "asyncapi.yaml", document(), check)


@cli.command()
@click.option("--check", is_flag=True, help="only compare")
def rights(check: bool) -> None:
    """生成权限说明 · write docs/rights.md and docs/rights.zh-CN.md."""
    from hub.rights import document

    write_or_compare(ROOT / "docs" / "rights.zh-CN.md", document("zh-CN"), check)
    write_or_compare(ROOT / "docs" / "rights.md", document("en"), check)

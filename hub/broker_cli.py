"""Broker CLI: the commands of `hub broker`, one thin function each."""

from __future__ import annotations

from pathlib import Path

import click

from hub.command_line import ROOT, settings_or_exit, write_or_compare
from kit.settings import ACCEPT, SERVICES

FILE = click.Path(dir_okay=False, path_type=Path)
PERMISSIONS = ROOT / "deploy" / "k8s" / "components" / "rabbitmq" / "permissions.yaml"


@click.group()
def broker() -> None:
    """RabbitMQ 的用户、权限、队列与密钥 · users, rights, queues and keys, derived from the code."""


@broker.command("definitions")
@click.option("--output", type=FILE, help="a file instead of standard output")
def broker_definitions(output: Path | None) -> None:
    """RabbitMQ 启动时加载的定义 · definitions for RabbitMQ to load, with the passwords in HUB_BROKER_PASSWORDS."""
    from gateway.settings import GatewaySettings
    from hub.broker import definitions

    settings = settings_or_exit()
    reply_queues, unsigned = settings.of(GatewaySettings).reply_queues, settings.unsigned_calls == ACCEPT
    text = definitions(settings.broker_passwords, reply_queues=reply_queues, unsigned=unsigned)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text)


@broker.command("declare")
def broker_declare() -> None:
    """声明交换机与队列 · declare all exchanges and queues on HUB_AMQP_URI, as the operator's user."""
    from gateway.settings import GatewaySettings
    from hub.topology import declare_all, whole

    settings = settings_or_exit()
    queues = whole(settings.of(GatewaySettings).reply_queues)
    declare_all(settings.amqp_uri, queues)
    click.echo(f"{len(queues)} queues")


@broker.command("keys")
@click.option("--key", type=FILE, required=True, help="the gateway's, HUB_CALL_KEY")
@click.option("--keys", type=FILE, required=True, help="the services', HUB_CALL_KEYS")
@click.option("--only", is_flag=True, help="forget all other public keys: the end of a change of keys")
def broker_keys(key: Path, keys: Path, only: bool) -> None:
    """生成调用签名密钥 · make the key that signs calls, if it is not there, and have the services believe it."""
    from hub.call_keys import believe, make_key

    make_key(key)
    click.echo(f"{believe(key, keys, only=only)} {keys}")


@broker.command("agree")
@click.argument("service", type=click.Choice(SERVICES))
def broker_agree(service: str) -> None:
    """打印服务的公钥，供网关使用 · print the public key that gateways need to agree keys with a service (HUB_CALL_SECRET)."""
    from kit.wire.agreed_keys import public_text, service_key

    secret = settings_or_exit().call_secret
    if not secret:
        raise click.ClickException("HUB_CALL_SECRET 未设置 · is not set: the secret of this service")
    click.echo(f"{service}={public_text(service_key(secret))}")


@broker.command("manifests")
@click.option("--check", is_flag=True, help="only compare")
def broker_manifests(check: bool) -> None:
    """生成 Kubernetes 对象 · write the users and rights as Kubernetes objects."""
    from hub.broker import manifests

    unsigned = settings_or_exit().unsigned_calls == ACCEPT
    write_or_compare(PERMISSIONS, manifests(unsigned=unsigned), check)

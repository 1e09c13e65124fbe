"""Offline: what anybody can repeat by themselves of a competition: its results and its draws, without a hub."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def result() -> None:
    """竞赛成绩 · results of competitions."""


@result.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def result_verify(file: Path) -> None:
    """核验成绩文件 · recompute a saved result: its digest and, from a whole document, its ranking."""
    from hub.result import verify_result

    for line in verify_result(file):
        click.echo(line)


@click.group()
def draw() -> None:
    """评委抽签 · the draw of judges: make a commitment, repeat a published draw."""


@draw.command("commit")
@click.option("--secret", default="", help="words or numbers of your own; else random ones")
def draw_commit(secret: str) -> None:
    """生成秘密、随机数和承诺值 · make a secret, a nonce and the commitment to hand in."""
    from hub.draw import commitment_lines

    for line in commitment_lines(secret):
        click.echo(line)


@draw.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def draw_verify(file: Path) -> None:
    """离线复核公示的抽签 · repeat a published draw offline, and say what differs."""
    from hub.draw import fault_lines

    faults = fault_lines(file)
    for line in faults:
        click.echo(line)
    if faults:
        sys.exit(1)
    click.echo("一致 · everything comes out as it is stated")

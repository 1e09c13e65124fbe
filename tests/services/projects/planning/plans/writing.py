"""Plans for tests: short documents of the tests' own."""

from __future__ import annotations

from collections.abc import Iterable

PLAN = """安徽省推进教育协作 2025 年度工作要点
一、总体要求
推进三省一市教育协作，形成合力，共同提高。
二、重点任务
(一)职业教育
1.建设联合职业教育集团，到2025年建成4个。(责任单位：职成处，黄山学院、各市教育局)
2.举办技能竞赛，每年举办2场以上，参赛学生不少于1200人次。(责任单位：省职教集团)
(二)高等教育
3.共建联合实验室。
"""
PROSE = "本报讯：昨日，三省一市教育行政部门在黄山举行座谈，各方就进一步加强协作交换了意见。\n会议由安徽省教育厅主持。\n"


def plan_of(items: Iterable[str], *, name: str = "某市") -> str:
    """The text of a plan with these items, each with its unit list if it has one."""
    numbered = "\n".join(f"{number}.{item}" for number, item in enumerate(items, start=1))
    return f"{name}推进教育协作 2025 年度工作要点\n一、重点任务\n{numbered}\n"


def plan_for(*units: str) -> str:
    """The text of a plan whose first item names these units."""
    return plan_of([f"共建联合实验室。(责任单位：{'、'.join(units)})", "开展师资交流。", "举办技能竞赛。"])

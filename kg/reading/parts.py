"""Which part of a report a stretch belongs to: reviewed or planned, a year or a term."""

from __future__ import annotations

import re

from kg.reading.edition import Part

_REVIEW = re.compile("回顾|总结|工作情况|完成情况|过去|五年来|成就|成绩|开展的主要工作|的工作$")
_PLAN = re.compile("安排|任务|目标|重点|要求|思路|部署|打算|建议|今后|未来|奋斗|今年")
_TERM = re.compile("五年|[“”]?十[一二三四五][“”]?(?!年)|时期|[本上]届|规划")
_GOVERNMENT = re.compile("自身建设|政府建设|法治政府|人民满意|服务型政府|廉洁政府|改进政府工作|治理能力")
_APPENDIX = re.compile("^(?:附件?|附录|名词解释|有关名词|注释|相关名词|《?政府工作报告》?.{0,6}(?:名词|用语|注释))")


def part_of_heading(title: str, before: Part, plan_year: int | None) -> Part | None:
    """The part that a top heading opens, or None when its words do not tell."""
    if _APPENDIX.search(title):
        return Part.APPENDIX
    if _GOVERNMENT.search(title) and not re.search("回顾", title):
        return Part.GOVERNMENT
    years = [int(year) for year in re.findall(r"(20\d\d)年", title)]
    review = bool(_REVIEW.search(title))
    term = bool(_TERM.search(title))
    if years and plan_year and not term:
        return Part.PLAN if max(years) >= plan_year else Part.REVIEW
    if review and not re.search("今后|未来", title):
        return Part.TERM_REVIEW if term and not years else Part.REVIEW
    if _PLAN.search(title):
        return Part.TERM_PLAN if term and not years else Part.PLAN
    return None

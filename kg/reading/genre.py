"""Whether a text is a government work report at all, so that a wrong file is noticed before it is built."""

from __future__ import annotations

import re

from kg.reading.script import HAN

# What such reports speak of; any of them has most of these, other prose a few.
_SUBJECTS = tuple(
    re.compile(words)
    for words in (
        "各位代表", "政府工作|政府自身", "人民代表大会|市人大|县人大|省人大|人大常委会|政协",
        "预期目标|目标任务|主要任务|重点任务", "经济社会|国民经济", "民生|惠民", "农业|农村|三农|乡村",
        "固定资产|投资", "生产总值|增加值", "财政|税收|公共预算", "项目建设|重点项目|重大项目", "招商|引资|开放",
        "改革", "生态|环保|污染|绿化", "就业|社会保障|医保|养老", "高质量发展|科学发展|创新驱动|转型",
        "全[市省县区州盟旗国]", "[万亿]元", "同比|增长", "工业|产业|企业", "城镇|城市|城乡",
        "教育|卫生|文化", "党中央|[市县省区州]委",
    )
)  # fmt: skip
_FEWEST_HAN = 60


def objection(norm: str) -> str:
    """Why ``norm`` is no government work report, with the remedy; "" if it may be one."""
    han = len(HAN.findall(norm))
    characters = sum(not character.isspace() for character in norm)
    if han < _FEWEST_HAN:
        if characters > 4 * han:
            return "there is hardly any Chinese text in it; give the report in Chinese"
        return f"only {han} Chinese characters, too few for a report; give the whole text"
    if han < characters * 0.3:
        return "most of it is not Chinese; give the report in Chinese, without tables of figures or mark-up"
    spoken_of = sum(bool(subject.search(norm)) for subject in _SUBJECTS)
    needed = 2 if han < 600 else 4 if han < 3000 else 12
    if spoken_of < needed:
        return "it does not read like a government work report (政府工作报告); give the report itself"
    return ""

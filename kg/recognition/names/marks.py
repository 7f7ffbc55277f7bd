"""Words that show who grants a title, labels that count their parts, and markets that are no places.

Invariant: they are general words; no title is among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MARK = re.compile(
    r"国家|国务院|^[省市](?!级|民|场|区)|全国|全省|全区|中国|世界|国际|全球|省级|国家级|自治区级|首批|第[一二三四五六七八九十\d]+批|部级|联合国|亚洲|亚太"
    r"|西部|东部|中部|西南|西北|东北|华北|华东|华南|华中|[3-5]A|千亿级|百亿级|[一二三]级甲等|[二三]甲(?=[综医妇专中])"
)
NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
SEVERAL = re.compile(r"[一二两三四五六七八九十]大")
GENERAL_POLICY = re.compile(
    r"^(?:配套|相关|有关|各项|各类|一系列|系列|具体|本|其他|多项|若干|一批|及|和|涉及|涵盖|包括)"
)
_SALES = re.compile(r"(?:[洲亚美欧盟国际内外]|权)(?:交易)?市场$")
_SELLS = re.compile(r"开拓|拓展|扩展|扩大|开辟|抢占|巩固|深耕|进入|进军|走向|面向|培育")


def sales(text: str, verbs: Sequence[str]) -> bool:
    """Whether …市场 is where goods or rights are sold and no building: 开拓|东南亚市场, 排污权交易市场."""
    return bool(_SALES.search(text)) or any(_SELLS.search(verb) for verb in verbs)

"""What is made, grown and mined: whether a phrase begins with a product, by the words that tell industries.

Invariant: only words of agriculture, mining and manufacturing (GB/T 4754 divisions 01 to 43) are products.
"""

from __future__ import annotations

import re
from functools import cache

from kg.recognition.industries import load_industry_words
from kg.recognition.spans import EntityType as T

_DIVISIONS = frozenset(f"{n:02}" for n in range(1, 44))
_QUALITY = re.compile(
    r"^(?:高性能|新型|高端|特种|精密|全自动|智能|数字|绿色|环保|优质|有机|高档|高纯|光学|高精度|新能源|生物|工业|柔性|年产)+"
)
_LONGEST = 8


@cache
def _words() -> frozenset[str]:
    words = load_industry_words().words[T.PROJECT]
    return frozenset(word for word, says in words.items() if says.codes and set(says.codes) <= _DIVISIONS)


_WORKS = re.compile(
    r"(?:产业基地|生产基地|制造基地|加工基地|产学研|研发中心|总部|智能制造|智慧制造|文化创意|扩产|扩能|技改|第[一二三]基地)"
)


def begins_with_works(text: str) -> bool:
    """Whether ``text`` begins with what firms have: a head office, a base, more output (产业基地|扩产)."""
    return bool(_WORKS.match(text))


ENERGY = frozenset({"风电", "光伏"})
_MADE_FOR_IT = re.compile(
    r"(?:组件|塔筒|装备|叶片|设备|玻璃|电池|支架|硅片|材料|主机|轴承|逆变器|边框|胶膜|背板|零部件|整机|辅材|配套|制造)"
)


def is_made_for(head: str, rest: str) -> bool:
    """Whether ``rest`` makes a product of a word that is works elsewhere: 光伏|组件, 风电|塔筒."""
    return head in ENERGY and _MADE_FOR_IT.match(rest) is not None


_OUTPUT = re.compile(
    r"[万亿千百]?(?:吨|辆|台|套|件|片|支|瓶|盒|米|立方米|平方米|块|对|双|匹|锭|颗|部|只|克拉|羽|头)|[GMgm][Ww]h?|吉瓦"
)


def measures_output(text: str) -> bool:
    """Whether ``text`` begins with the unit of what a works turns out: 10|万吨…, 5|GWh…."""
    return _OUTPUT.match(text) is not None


def holds_ware(text: str) -> bool:
    """Whether a product stands anywhere in ``text`` (正极|材料)."""
    return any(begins_with_ware(text[at:]) for at in range(len(text) - 1))


def begins_with_ware(text: str) -> bool:
    """Whether ``text`` begins with a product, words of its quality before it (高性能|硬质合金)."""
    bare = _QUALITY.sub("", text)
    return any(part[:n] in _words() for part in (text, bare) for n in range(2, min(_LONGEST, len(part)) + 1))

"""Pairs of countries or provinces by a character each: 中德, 川黔. They tell who shares a thing, and name no firm.

Invariant: only characters decide; 中 is the first of two countries.
"""

from __future__ import annotations

import re

_COUNTRIES = "德法日韩俄泰马英美荷以澳丹芬挪奥比捷匈波缅越柬哈白意瑞古"
_ALSO_WORDS = "加老吉塞沙印阿非哥葡西尼巴蒙外"  # countries too, but 中外, 中西, 中老年 are words
_SHARED = re.compile(rf"中(?:[{_COUNTRIES}]|新(?!区|社|城|型|式|兴|闻)|欧(?!班列))(?=[一-鿿（]{{2}})")
_ABROAD = re.compile(rf"中[{_COUNTRIES}新欧{_ALSO_WORDS}]")
_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新港澳台")


def begins_with_two_countries(text: str) -> bool:
    """Whether a name begins with two countries that share what it names: 中德|合作产业园."""
    return _SHARED.match(text) is not None


def names_two_countries(text: str) -> bool:
    """Whether a text is nothing but two countries by a character each: 中德."""
    return len(text) == 2 and begins_with_two_countries(text + "合作")


def of_two_places(own: str) -> bool:
    """Whether a word says China and another country, or two provinces, by a character each: 中德, 川黔."""
    return _ABROAD.match(own) is not None or of_two_provinces(own)


def of_two_provinces(own: str) -> bool:
    """Whether every character of a word stands for a province: 川黔."""
    return all(c in _PROVINCES for c in own)

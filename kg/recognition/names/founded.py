"""Firms and bodies that are founded, in rows too (组建|城投集团、农投集团), and the firms every place has (市交投集团).

Invariant: a name begins right after the verb that founds it, a 、 or its level word, and ends with a legal form or what
kind of body it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.spans import EntityType as T

_FOUNDING = re.compile(
    r"(?:成立|组建|设立|新设|整合为|重组为|更名为)(?:并?运营)?了?(?:[全我][国省市区县](?:首[家个]|唯一|第一[个家]))?"
    r"(?=(?P<row>[^，。；！“”]{4,80}))"
)
_BODY = re.compile(
    r"(?P<name>(?![全我][国省市区县]|了|一批|各|多|若干|[一-鿿]{0,4}级)[一-鿿]{3,16}?(?:委员会|管理局|审批局|执法局|服务局|促进局|统计局"
    r"|监管局|监督局|联合会|交易中心|服务办公室|联络处|转化联盟|合作联盟|产业联盟|法庭|仲裁院|巡回审判点))(?=[，。、；和]|挂牌)"
)
_MEMBER = re.compile(
    r"(?P<name>[一-鿿（）]{2,24}?(?:集团有限公司|有限责任公司|股份有限公司|有限公司|集团公司|集团|公司))(?=[、和及与并，。；]|等|\d|[一二三四五六七八九十两]大|$|的|揭牌|挂牌|为)"
)
_GENERAL = re.compile(
    r"[省市县州区]级|国有控股|国有独资|首家|紧密型|与|合资|金融控股公司$|小贷公司|证券公司$|资产管理公司$|租赁公司$|犯罪|各|若干|一批|多[家个]|[一二三四五六七八九十两\d]+[家个大]|等|的|[县市省区]属|国有(?:企业|资本)?(?:集团|公司)$|企业集团|子公司|分公司|项目公司|平台公司"
    r"|合资公司|合作公司|运营公司|专业公司|物业公司|农业公司|担保公司|融资公司|管理公司$|实体公司|强村公司|联营公司|混合所有制|股份制|新的|新公司|投资公司$|置业公司$|产业集团$"
    r"|教育集团$|医疗集团$|卫生集团$|教育联盟|办学|共同|联合体"
)
_TRADES = (
    "城投|交投|旅投|产投|建投|交建|水投|文旅|农投|工投|国投|能投|水务|国资|城建|文投|教投|城发|文旅投|公交|供水"
    "|铁投|金控|国控|产发|投控"
)
_OF_A_LEVEL = re.compile(rf"[省市县区州](?:{_TRADES})(?:集团|公司)(?![长员])")
_SHORTEST = 4


def founded(norm: str, start: int, end: int, edges: Collection[int]) -> Iterator[Candidate]:
    """Such firms and bodies in ``norm[start:end]``; ``edges`` are where words begin."""
    for match in _FOUNDING.finditer(norm, start, end):
        at = match.start("row")
        stop = min(end, match.end("row"))
        body = _BODY.match(norm, at)
        if body is not None and match.start() in edges and "等" not in body["name"]:
            yield Candidate(*body.span("name"), T.ORGANIZATION, body["name"], "name-institution", 5)
        while at < stop:
            member = _MEMBER.match(norm, at, stop)
            if member is None or _GENERAL.search(member["name"]) or len(member["name"]) < _SHORTEST:
                break
            if any(joint in member["name"] for joint in "和与及并"):
                break
            yield Candidate(*member.span("name"), T.ENTERPRISE, member["name"], "name-firm", 6)
            if norm[member.end() : member.end() + 1] not in ("、", "和", "及", "与"):
                break
            at = member.end() + 1
    for match in _OF_A_LEVEL.finditer(norm, start, end):
        if match.start() in edges and norm[match.start() - 1] not in "各省市县区州级所个":
            yield Candidate(*match.span(), T.ENTERPRISE, match.group(), "name-level", 5)

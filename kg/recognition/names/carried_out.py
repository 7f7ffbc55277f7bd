"""What a verb carries out, named by all its words up to the head that ends the clause: 实施|重点群体创业推进行动.

Invariant: the name begins right after the verb, ends with a campaign's head, and holds no list, number of things or
quotation; of what two nouns share a head by 和 the whole is one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.plans import names_site
from kg.recognition.names.shapes import span_of, tail_of_work
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_CARRY = ("实施", "开展", "推行", "启动", "推进")
_WORKS = ("实施", "深入推进")  # after which works are a campaign; what 推进 builds is a project
_HEAD = re.compile(r"(?:行动|工程|计划|试点|战略|年活动)$")
_OF_OWN = (Role.CONTENT, Role.SOFT, Role.VERB, Role.ADVERB, Role.JOINER)
_LEAST, _MOST = 4, 22  # characters of a campaign before its head
_GENERAL = re.compile(
    r"^(?:了|好|一批|系列|重大|重点(?!群体)|各项|各类|相关|配套|主体|国家|省级|市级|民生|惠民|城建|市政|水利|交通|建设|基础设施|这|其|该)"
    r"|^[一二两三四五六七八九十百千万\d]|(?:重大|重点|系列|示范|标志性|骨干)(?:工程|行动|计划|战略)$|和(?:重大|重点|系列)"
    r"|[一二两三四五六七八九十]大(?:工程|行动|计划|战略)$"
)


def carried_out(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The campaigns, plans and pilot schemes of a clause that verbs of carrying out name."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not token.text.endswith(_CARRY):
            continue
        last = index + 1
        while last < len(tokens) and roles[last] in _OF_OWN and tokens[last].kind in (Kind.WORD, Kind.PLACE):
            last += 1
        if last < len(tokens):
            continue
        while last > index + 1 and not _HEAD.search(tokens[last - 1].text):
            last -= 1
        if last <= index + 2 or not tail_of_work(clause.text(last, len(tokens)), lexicon):
            continue
        text = clause.text(index + 1, last)
        if _named(clause, index, last, text, lexicon):
            joined = any(role is Role.JOINER for role in roles[index + 1 : last])
            span = span_of(clause, index + 1, last)
            yield Candidate(*span, T.PROGRAMME, text, "name-campaign", 6 if joined else 4)


def _named(clause: Clause, index: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether the words after the verb at ``index`` are one campaign's own."""
    head = _HEAD.search(text)
    if head is None or not _LEAST <= head.start() <= _MOST or text in lexicon.known or _GENERAL.search(text):
        return False
    if any(clause.tokens[n].text.endswith(_CARRY) for n in range(index + 1, last - 1)) and not text.endswith(
        ("推进行动", "推进计划", "推进工程")
    ):
        return False
    if text.endswith("工程"):
        place = any(t.kind is Kind.PLACE for t in clause.tokens[index + 1 : last])
        if place or not clause.tokens[index].text.endswith(_WORKS) or names_site(text):
            return False
    joiners = [n for n in range(index + 1, last) if clause.roles[n] is Role.JOINER]
    return not joiners or (
        len(joiners) == 1 and not text.endswith("战略") and _one_head(clause, index + 1, joiners[0], last, lexicon)
    )


def _one_head(clause: Clause, first: int, joiner: int, last: int, lexicon: Lexicon) -> bool:
    """Whether two coordinated nouns have one head, the last word: 古迹整理|和|研究|工程."""
    left, right = clause.text(first, joiner), clause.text(joiner + 1, last)
    headed = lexicon.head_of(left)
    own = _HEAD.sub("", right)
    return (
        len(left) > 1
        and len(own) > 1
        and right not in lexicon.known
        and left not in lexicon.known
        and not _HEAD.search(left)
        and (headed is None or headed[1].weak)
        and not any(t.kind is Kind.PLACE for t in clause.tokens[first:last])
    )

"""What state a thing is in, from the verbs before it and what is said after it.

Invariant: what is said after a thing outranks the verb before it (推动X建成: completed, not under construction).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.claims.claim import ProjectStatus as S
from kg.vocabulary.concepts import Scheme


@dataclass(frozen=True)
class StatusWords:
    """The words of the scheme of project statuses, longest first, as one pattern."""

    pattern: re.Pattern[str]
    status: dict[str, tuple[S, ...]]


# Words of the scheme that say nothing by themselves of a thing's state: they govern or qualify other words.
_PLAIN = frozenset({"建设", "推进", "抓好", "完成", "施工", "实施"})
_UNDER = re.compile(r"加快|做好|推进|推动|加速|建设|实施|提速|抓好|续建|攻坚|扩建|改造|提升")
_BUILDING = re.compile(
    r"[、和与及]|(?:[^，。]{0,4}?)(?:建设|实施|改造|施工|进度|工程|东扩|扩建|新建|迁建|改建|扩能|升级|治理)|$|等|〔|”|项目"
)
_BACKED = re.compile(r"(?:大力|积极|全力)?支持[^，。、]{0,6}$")
_MADE_FOR = re.compile(r"打造|创建|争创|申报|支持|发挥|依托|围绕|壮大|培育|做[大强优]")
_FOLLOWS_FINISHED = re.compile(r"(?:投资|可研|前期|立项|征地|拆迁|主体|总进度|总工程量|桩基|路基)")
# 等重点开放平台, 等供水工程: what things are for, not what has become of them.
_CLASSED = re.compile(
    r"(?:开放|供水|运营|运行|通航|招生|通气|通电|蓄水|规划|储备|申报|开通|营业)(?:型|平台|工程|项目|中心|基地|设施|产业|经济|合作|高地|口岸|通道|水平|能力)"
)
_INTENT = re.compile(r"建设意向|合作意向|意向协议|框架协议|落户|签约")
# 具备运营条件: the works are finished; 具备开工条件: what goes before the works is.
# 等11个污染治理项目: what sums up a list says nothing of its state.
_SUMMED_UP = re.compile(r"^[”’]?等(?:\d+[个条座项家处])?[^，。、]{0,8}?(?:项目|工程)(?:并|已|均)?(?=[一-鿿])")
# 取得初设批复、力争开工: the design is approved, it is no longer being made.
_GRANTED = re.compile(r"(?:取得|获得?|通过)[^，。、]{0,8}(?:批复|批准|核准|审批|审查)")
_READY = re.compile(r"(?:具备|达到)(?P<what>[^，。]{0,6})条件")
# X启动和一批配套项目投产: another thing is spoken of from 和 on.
_ANOTHER = re.compile(r"(?<=[一-鿿])(?:和|及|与|以及|、)(?=(?:一批|\d+[个家条座所]|[^，。、]{2,10}(?:项目|企业|工程)))")


def status_words(scheme: Scheme) -> StatusWords:
    """The pattern of a scheme of project statuses. A word may stand under several (建成通车)."""
    found: dict[str, list[S]] = {}
    for notation, concept in scheme.concepts.items():
        for word in (*concept.labels.values(), *concept.alternatives):
            if re.fullmatch(r"[一-鿿]+", word):
                found.setdefault(word, []).append(S(notation))
    words = sorted(found, key=lambda w: (-len(w), w))
    return StatusWords(
        re.compile("|".join(map(re.escape, words))), {w: tuple(dict.fromkeys(s)) for w, s in found.items()}
    )


def statuses(before: str, after: str, words: StatusWords) -> tuple[S, ...]:
    """The statuses that a thing has by the verbs before it and the words after it; empty where nothing is said."""
    said = _said(after, words)
    governed = _governed(before, after, words)
    if not said or (said == (S.PLANNED,) and after.startswith("规划建设") and governed):
        return governed  # 启动X规划建设
    if S.COMPLETED in governed and after.startswith(("并投", "并启", "并交", "并实现")):
        return tuple(dict.fromkeys((S.COMPLETED, *said)))
    return said


def _said(after: str, words: StatusWords) -> tuple[S, ...]:
    after = _SUMMED_UP.sub("", after, count=1)
    another = _ANOTHER.search(after, 2)
    after = after[: another.start()] if another else after
    ready = _READY.search(after[:24])
    if ready is not None:
        return (S.PRELIMINARY,) if re.search(r"开工|动工|建设|施工", ready["what"]) else (S.COMPLETED,)
    found: list[S] = []
    for match in words.pattern.finditer(after[:24]):
        if match.group() in _PLAIN or _CLASSED.match(after, match.start()):
            continue
        if re.match(r"[^，。]{0,2}(?:以来|后，|后的|前的)", after[match.end() :]):
            continue
        found += [s for s in words.status[match.group()] if s not in found]
    if re.search(r"完成", after[:8]) and not found:
        rest = after[after.index("完成") + 2 :]
        found = [S.UNDER_CONSTRUCTION] if _FOLLOWS_FINISHED.match(rest) else [S.COMPLETED]
    if _INTENT.search(after[:12]) and not {S.STARTED, S.COMPLETED, S.IN_OPERATION} & set(found):
        return (S.PLANNED,)
    if S.PRELIMINARY in found and S.APPROVED in found and _GRANTED.search(after[:24]):
        found.remove(S.PRELIMINARY)
    if S.PRELIMINARY in found:
        return (S.PRELIMINARY,)
    if len(found) > 1:
        found = [s for s in found if s not in (S.UNDER_CONSTRUCTION, S.PLANNED)]
    return tuple(found)


def _governed(before: str, after: str, words: StatusWords) -> tuple[S, ...]:
    parts = [part for part in re.split(r"[，；]", before) if part]
    verbs = parts[-1] if parts else ""
    if "、" in verbs:
        verbs = next((p for p in reversed(verbs.split("、")) if words.pattern.search(p) or _UNDER.search(p)), "")
    verbs = verbs[-14:]
    if _BACKED.match(verbs) and re.match(r"(?:等[^，。、]{0,6})?(?:加快|规划)?建设", after):
        return (S.UNDER_CONSTRUCTION,)
    if _MADE_FOR.search(verbs) or verbs.endswith(("列入", "纳入")):
        return ()
    tail = after[:10]
    if re.match(r"[^，。、]{0,4}(?:前期|可研|规划设计)", tail):
        return (S.PRELIMINARY,)
    found: list[S] = []
    for match in words.pattern.finditer(verbs):
        found += [s for s in words.status[match.group()] if s not in found]
    if not found and _UNDER.search(verbs):
        found = [S.UNDER_CONSTRUCTION]
    if not found:
        return ()
    if S.STARTED in found:
        return (S.STARTED,)
    if S.COMPLETED in found and re.match(r"[^，。]{0,4}\d", tail):
        return ()
    if S.COMPLETED in found:
        finished = S.COMPLETED if not _FOLLOWS_FINISHED.match(tail) else S.UNDER_CONSTRUCTION
        return tuple(
            finished if s is S.COMPLETED else s for s in found if s is not S.UNDER_CONSTRUCTION or finished is s
        )
    if found == [S.UNDER_CONSTRUCTION] and not _BUILDING.match(tail):
        return ()
    if len(found) > 1 and S.UNDER_CONSTRUCTION in found:
        found.remove(S.UNDER_CONSTRUCTION)
    return tuple(found)

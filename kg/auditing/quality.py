"""What looks wrong in the graph, for a person to look at: each thing with the words it was read from.

Invariant: nothing here is an error by itself and nothing is changed; each item says where to look and what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.asking.ask import ask
from kg.asking.table import Table, Term, plain
from kg.auditing.audit import Audit
from kg.auditing.review import Quote, candidates, named_things, questions, quotes
from kg.auditing.revisions import idle_decisions, stale_corrections
from kg.iris import normal_name
from kg.resolution.candidates import Candidate, Named
from kg.resolution.corrections import Correction
from kg.resolution.decisions import NONE, Judgements
from kg.vocabulary.confidence import load_confidence

# A rule that is right less often than this is not to be trusted with a thing that is named once.
LOW = 0.75
# Between the paths of an item that is about several things.
SEVERAL = "  "
# How many items of one kind a page shows.
SHOWN = 100
# How far along a project is: a higher status does not come before a lower one.
_PROGRESS = {
    "planned": 0,
    "preliminary": 1,
    "approved": 2,
    "started": 3,
    "under_construction": 4,
    "completed": 5,
    "in_operation": 6,
}
_DONE = _PROGRESS["completed"]
_BEGUN = _PROGRESS["started"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``path`` is what to name in a decision or correction, "" where there is nothing to name;
    several are parted by ``SEVERAL``.

    ``claims`` are the IRIs of the statements it is about; without any it is about the thing.
    """

    name: str
    path: str = ""
    zh: str = ""
    en: str = ""
    quotes: tuple[Quote, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things that look wrong in one way. ``total`` counts those that are not among ``items`` too."""

    key: str
    title_zh: str
    title_en: str
    hint_zh: str
    hint_en: str
    items: tuple[Item, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything a person should look at, by kind, and how much of the reports was understood."""

    groups: tuple[Group, ...]
    reports: tuple[str, ...]
    numbers: int = 0
    missed: int = 0
    observations: int = 0
    linked: int = 0
    clauses: int = 0
    understood: int = 0

    @property
    def total(self) -> int:
        """How many items there are."""
        return sum(g.total for g in self.groups)


@dataclass(slots=True)
class _Look:
    """A store being looked through."""

    store: Store
    base: str
    things: Mapping[str, Named] = field(default_factory=dict)

    def rows(self, query: str) -> tuple[tuple[Term | None, ...], ...]:
        answer = ask(self.store, query)
        return answer.rows if isinstance(answer, Table) else ()

    def path(self, node: Term | None) -> str:
        return plain(node).removeprefix(self.base)

    def name(self, path: str) -> str:
        thing = self.things.get(path)
        return thing.names[0] if thing else path.rsplit("/", 1)[-1]

    def thing(self, path: str, zh: str = "", en: str = "") -> Item:
        return Item(self.name(path), path, zh, en)

    def quoted(self, item: Item) -> Item:
        """``item`` with the words it is about."""
        if item.quotes:
            return item
        if item.claims:
            return replace(item, quotes=self.of_claims(item.claims))
        paths = item.path.split(SEVERAL) if item.path else []
        each = 1 if len(paths) > 1 else 2
        found = (q for p in paths for q in quotes(self.store, NamedNode(self.base + p), each))
        return replace(item, quotes=tuple(found))

    def of_claims(self, claims: Iterable[str], limit: int = 4) -> tuple[Quote, ...]:
        """Where claims stand, each in one edition."""
        found: dict[Quote, None] = {}
        for claim in dict.fromkeys(claims):
            rows = self.rows(
                f"""SELECT DISTINCT ?document ?start ?end ?exact ?text WHERE {{
                  {NamedNode(claim)} prov:wasDerivedFrom ?e .
                  ?e oa:hasSource ?edition ; oa:hasSelector ?p , ?q ; bg:inSentence ?s .
                  ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact . ?s bg:text ?text .
                  ?edition bg:document ?document ; dcterms:language ?language }}
                ORDER BY ?language ?document ?start LIMIT 1"""
            )
            for d, a, b, w, t in rows:
                found[Quote(plain(d), int(plain(a)), int(plain(b)), plain(w), plain(t).strip())] = None
        return tuple(found)[:limit]


def find_quality(
    store: Store,
    base: str,
    audit: Audit,
    judgements: Judgements = NONE,
    corrections: Sequence[Correction] = (),
    confidence: Mapping[str, str] | None = None,
    shown: int = SHOWN,
) -> Quality:
    """All that looks wrong in ``store``.

    ``judgements`` and ``corrections`` are those of the files, ``audit`` the numbers of the same store, ``confidence``
    that of each rule (default: as measured); ``shown`` is how many items of a kind are given with their quotes.
    """
    look = _Look(store, base, {t.path: t for t in named_things(store, base)})
    groups: list[Group] = []

    def add(group: Group, items: Iterable[Item]) -> None:
        found = list(items)
        groups.append(replace(group, items=tuple(look.quoted(i) for i in found[:shown]), total=len(found)))

    add(_REVISIONS, _stale(look, judgements, corrections))
    add(_UNPLACED, _unplaced(look))
    add(_ONE_LETTER, _one_letter(look))
    add(_TWO_TYPES, _two_types(look))
    add(_CYCLES, _cycles(look))
    add(_STATUSES, _statuses(look))
    add(_DOUBTFUL, _doubtful(look, load_confidence() if confidence is None else confidence))
    pairs = candidates(store, base, judgements)
    groups.append(replace(_CANDIDATES, items=tuple(_pairs_to_judge(look, pairs[:shown])), total=len(pairs)))
    add(_FINDINGS, _findings(look))
    add(_SET_ASIDE, _set_aside(look))
    add(_MISSED, _missed(audit))
    reports = tuple(plain(r[0]) for r in look.rows(_REPORTS))
    return Quality(
        groups=tuple(groups),
        reports=reports,
        numbers=sum(s.numbers for s in audit.sections),
        missed=audit.missed,
        observations=audit.observations,
        linked=audit.linked,
        clauses=sum(s.clauses for s in audit.sections),
        understood=sum(s.clauses_understood for s in audit.sections),
    )


_REPORTS = """SELECT ?title WHERE { ?r a bg:Report ; dcterms:title ?title .
  FILTER(LANGMATCHES(LANG(?title), "zh-Hans")) } ORDER BY ?r"""


def _pairs_to_judge(look: _Look, pairs: Sequence[Candidate]) -> Iterator[Item]:
    for q in questions(look.store, look.base, pairs):
        yield Item(
            f"{q.one.names[0]} ／ {q.other.names[0]}",
            f"{q.one.path}{SEVERAL}{q.other.path}",
            q.reason_zh,
            q.reason_en,
            (*q.one.quotes[:1], *q.other.quotes[:1]),
        )


def _stale(look: _Look, judgements: Judgements, corrections: Sequence[Correction]) -> Iterator[Item]:
    for s in stale_corrections(look.store, corrections, look.base):
        c = s.correction
        where = f"（{s.report}）" if s.report else ""
        yield Item(
            c.describe(),
            c.target,
            f"{s.reason_zh}{where}。{c.who}，{c.when[:10]}：{c.why}",
            f"{s.reason_en}{f' ({s.report})' if s.report else ''}. {c.who}, {c.when[:10]}: {c.why}",
            (Quote("", 0, 0, c.quote, c.quote),) if c.quote else (),
        )
    for d in idle_decisions(look.store, judgements, look.base):
        yield Item(
            f"{d.judgement.value} {look.name(d.one)} ／ {look.name(d.other)}",
            f"{d.one}{SEVERAL}{d.other}",
            f"第 {d.line} 行：写入之后构建的报告中没有这些实体，或尚未重新构建。",
            f"Line {d.line}: no report built since it was written names them, or it was not built again.",
        )


def _unplaced(look: _Look) -> Iterator[Item]:
    nowhere = {
        look.path(r[0])
        for r in look.rows(
            """SELECT DISTINCT ?x WHERE { ?x a bg:Place . FILTER NOT EXISTS { ?x bg:code ?c }
            FILTER NOT EXISTS { ?x a bg:Region } FILTER NOT EXISTS { ?x bg:inPlace ?q }
            FILTER NOT EXISTS { ?x bg:partOf|bg:locatedIn ?q2 } }"""
        )
    }
    nowhere |= {p for p in look.things if p.split("/")[1] == "unplaced"}
    for path in _by_mentions(look, nowhere):
        yield look.thing(path)


def _by_mentions(look: _Look, paths: Iterable[str]) -> list[str]:
    return sorted(paths, key=lambda p: (-(look.things[p].mentions if p in look.things else 0), p))


def _one_letter(look: _Look) -> Iterator[Item]:
    short = [p for p, t in look.things.items() if len(normal_name(t.names[0])) < 2]
    for path in _by_mentions(look, short):
        yield look.thing(path)


def _two_types(look: _Look) -> Iterator[Item]:
    labels: dict[tuple[str, str], str] = {}
    for kind, label in look.rows("SELECT ?type ?label WHERE { ?class bg:entityType ?type ; rdfs:label ?label }"):
        labels[plain(kind), (getattr(label, "language", "") or "").lower()] = plain(label)
    types: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, thing in look.things.items():
        types[thing.code, normal_name(thing.names[0])].append(path)
    for paths in sorted(types.values(), key=lambda ps: (-sum(look.things[p].mentions for p in ps), ps)):
        if len(paths) > 1:
            ordered = _by_mentions(look, paths)
            counts = [(look.things[p].entity_type, look.things[p].mentions) for p in ordered]
            zh, en = ("、".join(f"{labels.get((t, tag), t)} {n}" for t, n in counts) for tag in ("zh-hans", "en"))
            yield Item(look.name(ordered[0]), SEVERAL.join(ordered), zh, en)


def _cycles(look: _Look) -> Iterator[Item]:
    for predicate in ("partOf", "locatedIn"):
        links: dict[tuple[str, str], list[str]] = defaultdict(list)
        for a, b, claim in look.rows(
            f"""SELECT ?a ?b ?c WHERE {{ ?a bg:{predicate} ?b .
            OPTIONAL {{ ?c rdf:subject ?a ; rdf:predicate bg:{predicate} ; rdf:object ?b }} }} ORDER BY ?c"""
        ):
            links[look.path(a), look.path(b)] += [plain(claim)] if claim is not None else []
        graph: nx.DiGraph[str] = nx.DiGraph(sorted(links))
        for members in sorted(sorted(c) for c in nx.strongly_connected_components(graph)):
            if len(members) > 1 or graph.has_edge(members[0], members[0]):
                claims = [c for (a, b), cs in sorted(links.items()) if a in members and b in members for c in cs]
                ring = " → ".join(look.name(m) for m in (*members, members[0]))
                yield Item(
                    ring, members[0], f"{predicate} 成环", f"{predicate} runs in a circle", look.of_claims(claims)
                )


@dataclass(frozen=True, slots=True)
class _State:
    """A status that is stated of a thing."""

    claim: str
    status: str
    period: str
    target: bool

    @property
    def words(self) -> str:
        return f"{self.status} {self.period}{'（目标）' if self.target else ''}".strip()

    @property
    def words_en(self) -> str:
        return f"{self.status} {self.period}{' (target)' if self.target else ''}".strip()


def _statuses(look: _Look) -> Iterator[Item]:
    stated: dict[str, list[_State]] = defaultdict(list)
    for x, claim, status, period, target in look.rows(
        """SELECT ?x ?c ?status ?period ?target WHERE { ?c a bg:StatusChange ; rdf:subject ?x ; rdf:object ?o ;
        bg:target ?target . ?o skos:notation ?status . OPTIONAL { ?c bg:period ?period } }
        ORDER BY ?x ?period ?status ?c"""
    ):
        stated[look.path(x)].append(_State(plain(claim), plain(status), plain(period), plain(target) == "true"))
    for path in _by_mentions(look, stated):
        clash = next((pair for pair in _pairs(stated[path]) if _contradict(*pair)), None)
        if clash:
            yield Item(
                look.name(path),
                path,
                " ／ ".join(s.words for s in clash),
                " / ".join(s.words_en for s in clash),
                claims=tuple(s.claim for s in clash),
            )


def _pairs(states: Sequence[_State]) -> Iterator[tuple[_State, _State]]:
    for a in states:
        for b in states:
            if a is not b:
                yield a, b


def _contradict(done: _State, other: _State) -> bool:
    """Whether what is done by one statement is not begun, or suspended, at the same time or later by the other."""
    if done.target or _PROGRESS.get(done.status, -1) < _DONE or not done.period or not other.period:
        return False
    stands = _PROGRESS.get(other.status, 0)  # suspended and resumed are not done
    if other.target:
        return other.period > done.period and stands <= _BEGUN and other.status in _PROGRESS
    return (
        other.period >= done.period and (stands < _BEGUN or other.status == "suspended") and other.status != "resumed"
    )


def _doubtful(look: _Look, confidence: Mapping[str, str]) -> Iterator[Item]:
    low = {r: c for r, c in confidence.items() if float(c) < LOW}
    rules: dict[str, set[str]] = defaultdict(set)
    editions: dict[str, list[str]] = defaultdict(list)
    for x, read_by, edition in look.rows(
        """SELECT ?x ?rule ?edition WHERE { ?m bg:mentions ?x ; prov:wasDerivedFrom ?e . ?e oa:hasSource ?edition .
        OPTIONAL { ?m bg:rule ?rule } }"""
    ):
        rules[look.path(x)].add(unquote(plain(read_by).rsplit("/", 1)[-1]))
        editions[look.path(x)].append(plain(edition))
    for path in sorted(rules):
        reports = {e.partition("/edition/")[0] for e in editions[path]}
        once = len(reports) == 1 and len(editions[path]) == len(set(editions[path]))
        if once and len(rules[path]) == 1 and (rule := next(iter(rules[path]))) in low:
            yield look.thing(path, f"规则 {rule}，置信度 {low[rule]}", f"rule {rule}, confidence {low[rule]}")


def _findings(look: _Look) -> Iterator[Item]:
    claims: dict[str, list[str]] = defaultdict(list)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for node, concerned, label, message in look.rows(
        """SELECT ?f ?claim ?label ?message WHERE { ?f a bg:QualityFinding ; bg:finding ?kind ; bg:message ?message ;
        bg:concerns ?claim . ?kind skos:prefLabel ?label . FILTER(LANG(?label) = LANG(?message)) }
        ORDER BY ?kind ?f ?claim"""
    ):
        language = (getattr(message, "language", "") or "")[:2]
        said[plain(node)][f"label-{language}"] = plain(label)
        said[plain(node)][language] = plain(message)
        claims[plain(node)].append(plain(concerned))
    for finding, wording in said.items():
        yield Item(
            wording.get("label-zh", wording.get("label-en", "")),
            "",
            wording.get("zh", ""),
            wording.get("en", ""),
            claims=tuple(claims[finding]),
        )


def _set_aside(look: _Look) -> Iterator[Item]:
    found: dict[str, tuple[dict[str, str], Quote]] = {}
    for what, why, words, text, document, start, end in look.rows(
        """SELECT ?what ?why ?quote ?text ?document ?start ?end WHERE {
        ?s a bg:SetAside ; bg:claim ?what ; bg:reason ?why .
        OPTIONAL { ?s bg:quote ?quote } OPTIONAL { ?s bg:text ?text } OPTIONAL { ?s bg:document ?document }
        OPTIONAL { ?s bg:start ?start } OPTIONAL { ?s bg:end ?end } } ORDER BY ?what"""
    ):
        quoted = Quote(plain(document), int(plain(start) or 0), int(plain(end) or 0), plain(words), plain(text).strip())
        reasons, _ = found.setdefault(plain(what), ({}, quoted))
        reasons[(getattr(why, "language", "") or "")[:2]] = plain(why)
    for iri, (reasons, quoted) in found.items():
        path = iri.removeprefix(look.base)
        yield Item(
            quoted.words or path.rsplit("/", 1)[-1],
            path,
            reasons.get("zh", ""),
            reasons.get("en", ""),
            (quoted,) if quoted.sentence else (),
        )


def _missed(audit: Audit) -> Iterator[Item]:
    for section in audit.sections:
        for at, around in section.missed:
            yield Item(around, "", section.section, section.section, (Quote(section.document, at, at, "", around),))


_REVISIONS = Group(
    "revisions",
    "没有生效的更正与判定",
    "Corrections and decisions without effect",
    "文本变了，或所说的事物不在图谱中；请修改或删除相应条目。",
    "The text has changed, or what they name is not in the graph; mend or delete these entries.",
)
_UNPLACED = Group(
    "unplaced",
    "无法定位的事物",
    "Things nobody could place",
    "地方没有代码，也不知道在哪里；请在 metadata.toml 中写明报告所属的地方，或以更正补充 locatedIn。",
    "No code, and nobody knows where; name the report's place in metadata.toml, or assert a locatedIn.",
)
_ONE_LETTER = Group(
    "one-letter",
    "只有一个字的名称",
    "Names of one letter",
    "多半是切分错误；请改名或撤回。",
    "Most likely cut wrongly; rename or retract them.",
)
_TWO_TYPES = Group(
    "two-types",
    "同名而类型不同",
    "One name, two types",
    "可能是设施与建设它的项目，也可能是类型判断有误；必要时改类。",
    "A facility and the project that builds it, or a wrong type; retype where needed.",
)
_CYCLES = Group(
    "cycles",
    "互为组成部分",
    "Parts of themselves",
    "部分与整体成环，至少有一条关系有误；请撤回它。",
    "Parts and wholes run in a circle, so that one of the relations is wrong; retract it.",
)
_STATUSES = Group(
    "statuses",
    "状态相互矛盾",
    "Contradictory statuses",
    "已建成的项目在同期或其后又是规划、前期或将要开工；也可能是两个项目。",
    "Completed, yet planned, prepared or to be started at the same time or later; perhaps two projects.",
)
_DOUBTFUL = Group(
    "doubtful",
    "只出现一次且规则不够可靠的实体",
    "Named once, by a rule that is often wrong",
    f"读出它的规则在标注样本上的正确率低于 {LOW}。",
    f"The rule that read it is right less often than {LOW} on annotated reports.",
)
_CANDIDATES = Group(
    "candidates",
    "待判断的实体对",
    "Pairs nobody has judged",
    "名称相近，可能是同一事物；用 kg review 判断。",
    "Names alike, perhaps one thing; judge them with kg review.",
)
_FINDINGS = Group(
    "findings",
    "数字与状态中的疑点",
    "What does not fit together in the figures",
    "报告自身的不一致，或读错之处。",
    "Inconsistencies of the report itself, or misread figures.",
)
_SET_ASIDE = Group(
    "set-aside",
    "未通过校验而搁置的陈述",
    "Claims set aside by the shapes",
    "没有发布；原因见各条。",
    "Not published; each says why.",
)
_MISSED = Group(
    "missed",
    "没有归类的数字",
    "Numbers not accounted for",
    "每个数字都应归类；请报告这些句子。",
    "Every number should have a class; please report these sentences.",
)

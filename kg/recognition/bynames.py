"""By-names: what a report calls its own place besides its name, as 羊城 for 广州市.

A document establishes one by saying of it what reports say of their own place alone: its people and its land (…人民,
…大地), what it is to become (平安…, 书香…). Those of provinces are known nation-wide and need be so used only once.

Invariant: a by-name is two characters, words by themselves, neither a place's name nor a kind of place nor what many
reports say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

_PEOPLE = r"(?:各族|广大|千万)?(?:人民|大地|儿女|父老|百姓|市民|乡亲|干部群众)"
_AIM = (
    "平安|美丽|法治|健康|幸福|数字|诚信|文明|清廉|魅力|活力|大美|多彩|信用|书香|智慧|和谐|富裕|富美|最美|清洁|无废|热忱|富强"
    "|秀美|壮美|锦绣|阳光|实力|品质"
)
_OWNED = re.compile(rf"(?=(?P<name>[一-鿿]{{2}})(?P<frame>{_PEOPLE}))")
_WISHED = re.compile(rf"(?P<frame>{_AIM})(?=(?P<name>[一-鿿]{{2}})(?:建设|创建|[、，。；”]))")
_KIND = re.compile(r".[省市州盟县区旗乡镇村]")  # 老区, 库区: a kind of place
_LENGTH = 2
_LEAST = 2  # different frames, of them one of people or land


def by_names(
    text: str,
    boundaries: Collection[int],
    taken: Iterable[tuple[int, int]],
    known: Collection[str],
    common: Collection[str],
) -> Iterator[tuple[int, int]]:
    """Where by-names stand in ``text``.

    ``boundaries`` are where words begin and end, ``taken`` the places found, ``known`` the by-names that one frame
    establishes, ``common`` words that are nobody's own.
    """
    covered = {n for start, end in taken for n in range(start, end)}

    def free(start: int) -> bool:
        stop = start + _LENGTH
        return start in boundaries and stop in boundaries and covered.isdisjoint(range(start, stop))

    owned, frames = set[str](), dict[str, set[str]]()
    for pattern in (_OWNED, _WISHED):
        for match in pattern.finditer(text):
            name = match["name"]
            if free(match.start("name")) and name not in common and not _KIND.fullmatch(name):
                frames.setdefault(name, set()).add(match["frame"])
                if pattern is _OWNED:
                    owned.add(name)
    for name in sorted(frames):
        if name in known or (name in owned and len(frames[name]) >= _LEAST):
            yield from ((m.start(), m.end()) for m in re.finditer(name, text) if free(m.start()))

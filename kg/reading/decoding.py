"""Bytes of a text file to characters: UTF-8, UTF-16, GB18030, Big5, told apart by what comes out.

Invariant: a UTF-8 file decodes to exactly its characters, byte order mark and line ends included, since offsets count
in them. A file is never decoded with replacement characters.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import ReadingError
from kg.reading.script import HAN, to_simplified

# The characters modern Chinese prose is mostly made of, in Simplified form: four in five of any report's are here.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三"
    "之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日社义事平形相全表间样"
    "与关各重新线内数正心反你明看原又利比或但质气第向道命变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料革位入常文总次"
    "品式活设及管特件长求老头基资边流路级少图山统接知组见计别手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造"
    "百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声"
    "报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律究且织装影算低持音众书布复容儿须际商非验连断深难近矿千"
    "周素技备半办青省列习响约支般史感劳便团往历市克何除消构府称太准精值号率族维划选标写存候快效斯院查江型按格养易置派层片始专状育厂京识适"
    "属圆包火住调满县局照参红细引听该铁价严推镇村项亿居升城创优促坚障环境服财税补贫扶疫情稳健康振兴"
)
_UTF16_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_CONVINCING = 0.5
_SAVE_AS_UTF8 = "open it in an editor, check that the characters are right, and save it as UTF-8"


def fluency(text: str) -> float:
    """How much ``text`` reads like Chinese prose, 0 to 1: the share of common ones among its Han characters.

    Text decoded wrongly is made of rare ones; so is text that is no Chinese, or hardly any.
    """
    sample = text[:6000]
    han = HAN.findall(sample)
    foreign = sum(1 for character in sample if ord(character) > 0x7F and not HAN.match(character))
    if len(han) < 10 or foreign > len(han):
        return 0.0
    plain = to_simplified("".join(han))
    return sum(character in _COMMON for character in plain) / len(plain)


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The characters of a text file and the encoding they were written in.

    Raises ReadingError, naming the file ``name``, if the bytes are no text or in no encoding that gives Chinese.
    """
    for mark, encoding in _UTF16_MARKS:
        if content.startswith(mark) and not content.startswith(codecs.BOM_UTF32_LE):
            return _strict(content[len(mark) :], encoding, name), encoding
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")):
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, name), encoding
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8) or _mostly_utf8(content):
            raise ReadingError(
                f"{name}: the text is UTF-8 but damaged at byte {error.start}; get a whole copy of the file"
            ) from error
    else:
        if "\0" not in text:
            return text, "utf-8"
    best, best_encoding, best_fluency = "", "", 0.0
    for encoding in (*_CANDIDATES, *_guessed(content)):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        reads = fluency(text)
        if reads > best_fluency:
            best, best_encoding, best_fluency = text, encoding, reads
    if best_fluency >= _CONVINCING and "\0" not in best:
        return best, best_encoding
    if _is_binary(content):
        raise ReadingError(
            f"{name}: this is no text but a binary file; give the report as .txt (UTF-8), .html, .docx or .pdf"
        )
    raise ReadingError(
        f"{name}: the characters are in none of the encodings known here (UTF-8, UTF-16, GB18030, Big5), "
        f"or the file is damaged; {_SAVE_AS_UTF8}"
    )


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{name}: the text says it is {encoding.upper()} but is damaged at byte {error.start}; "
            "get a whole copy of the file"
        ) from error


def _mostly_utf8(content: bytes) -> bool:
    """Whether all but a few bytes are UTF-8: a file cut off inside a character, or with a spoilt one."""
    text = content[:200_000].decode("utf-8", errors="replace")
    return text.count("�") <= 3 + len(text) // 500 and fluency(text) > _CONVINCING


def _guessed(content: bytes) -> list[str]:
    best = from_bytes(content[:20_000]).best()
    return [best.encoding] if best else []


def _is_binary(content: bytes) -> bool:
    sample = content[:8192]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return b"\0" in sample or control > len(sample) // 50


_LATIN = re.compile("[\u0080-\u00ff\u0152-\u0178\u2018-\u2022\u20ac\u2122]")


def damage(text: str) -> str:
    """What is wrong with the characters of ``text``, in words for the user; "" if nothing is."""
    broken = text.count("\ufffd")
    if broken > 3 and broken > len(text) // 1000:
        return f"{broken} characters are lost (they stand as \ufffd): the file was converted wrongly; get the original"
    sample = text[:4000]
    if len(_LATIN.findall(sample)) > len(sample) // 4:
        for encoding in ("cp1252", "latin-1"):
            if fluency(sample.encode(encoding, errors="ignore").decode("utf-8", errors="ignore")) > _CONVINCING:
                return "the text was UTF-8, read as Western European and saved again; get the original"
        for encoding in ("gb18030", "big5"):
            if fluency(sample.encode("latin-1", errors="ignore").decode(encoding, errors="ignore")) > _CONVINCING:
                return "the text was Chinese, read as Western European and saved again; get the original"
    if fluency(sample) < _CONVINCING:
        for written, read in (("gb18030", "utf-8"), ("gb18030", "big5"), ("big5", "gb18030"), ("big5", "utf-8")):
            if fluency(sample.encode(written, errors="ignore").decode(read, errors="ignore")) > 0.7:
                return f"the text was {read.upper()}, read as {written.upper()} and saved again; get the original"
    return ""

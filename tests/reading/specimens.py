"""Reports made up for the tests of reading, and writers of the formats they come in."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from docx import Document

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HANS = SEEDS / "liupanshui-2024.zh-Hans.txt"
HANT = SEEDS / "liupanshui-2024.zh-Hant.txt"

YEARLY = """政府工作报告
——2023年1月9日在南岭市第六届人民代表大会第三次会议上
市长　王　明
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议，并请市政协委员和列席人员提出意见。
一、2022年工作回顾
过去一年，在市委的坚强领导下，全市上下迎难而上，经济社会发展稳中有进。
——综合实力稳步提升。全市地区生产总值完成812.4亿元，增长4.1％；一般公共预算收入完成45.6亿元。
——民生福祉不断增进。城镇新增就业3.2万人，十件民生实事全部完成。
（一）聚力抓项目，发展后劲持续增强。狠抓招商引资。全年引进项目126个，到位资金310亿元，同比增长8.5％。狠抓项目建设。新开工亿元以上项目62个，完成投资188亿元。
（二）聚力惠民生，社会大局和谐稳定。教育卫生事业全面进步，新建学校12所，新增学位8600个。
各位代表！一年来，我们持续加强政府自身建设，办理人大代表建议213件，办结率达100％。
同时，我们也清醒地看到，经济总量偏小、产业结构不优等困难和问题仍然存在。
二、2023年工作安排
今年是全面贯彻党的二十大精神的开局之年，做好政府工作意义重大。
全市经济社会发展主要预期目标是：地区生产总值增长6％左右，城镇新增就业3万人以上。
重点抓好以下工作：
（一）坚定不移抓工业。推动产业集聚发展。加快园区建设，新增规模以上工业企业30户。
（二）坚定不移抓农业。落实最严格的耕地保护制度，粮食产量稳定在65万吨以上。
（三）坚定不移惠民生。一是稳定扩大就业，发放创业担保贷款2亿元。二是办好人民满意的教育，新增学位5000个。
三、加强政府自身建设
坚持依法行政，自觉接受市人大及其常委会的监督，严控“三公”经费。
各位代表！新征程号角已经吹响，让我们更加紧密地团结起来，为建设现代化南岭而努力奋斗！
名词解释
“三公”经费：指因公出国（境）、公务用车购置及运行、公务接待产生的费用。
"""

ELECTION = """南岭县政府工作报告
——2022年1月5日在南岭县第十八届人民代表大会第一次会议上
县长 李卫国
各位代表：
我代表县人民政府，向大会报告工作，请予审议。
一、过去五年工作回顾
过去五年，是全县发展史上极不平凡的五年。五年来，我们攻坚克难，圆满完成了本届政府的各项任务。
（一）综合实力明显增强。地区生产总值由2016年的96亿元增加到158亿元，年均增长7.2％。
（二）城乡面貌焕然一新。累计改造棚户区6300户，建成通村公路820公里。
各位代表！刚刚过去的2021年，我们统筹疫情防控和经济社会发展，地区生产总值增长8.1％，实现“十四五”良好开局。
一年来，重点做了以下工作。全年完成固定资产投资73亿元，新增市场主体4100户。
各位代表！五年来的成绩来之不易，这是全县人民团结奋斗的结果。
我们也清醒地认识到，发展不平衡不充分的问题依然突出。
二、今后五年的目标任务
今后五年，是全县加快发展的关键时期。力争到2026年，地区生产总值突破260亿元。
三、2022年重点工作
今年经济社会发展的主要预期目标是：地区生产总值增长7.5％以上，固定资产投资增长10％。
（一）加快产业发展。新建标准厂房12万平方米，引进企业20家以上。
（二）改善人民生活。新增城镇就业4500人，改造农村厕所3000座。
（三）加强政府自身建设。全面落实从严治党主体责任，推进依法行政。
各位代表！蓝图已经绘就，让我们在县委的坚强领导下，奋力谱写新篇章！
"""

# The same years, but the headings of the chapters are lost.
HEADLESS = "\n".join(line for line in YEARLY.split("\n") if not line.startswith(("一、", "二、", "三、")))


def word_file(lines: list[str], table: list[list[str]] | None = None) -> bytes:
    """A .docx file of these paragraphs, with a table at the end."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                grid.cell(row, column).text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(lines: list[str], width: int = 28, per_page: int = 30, head: str = "", indent: bool = True) -> bytes:
    """A PDF of these paragraphs, broken into lines of ``width`` characters as a printer would, with page numbers.

    Its font is not embedded: what the codes mean is told by the ToUnicode map alone.
    """
    rows: list[tuple[float, str]] = []  # indentation, words
    for line in lines:
        room = width - 2.0 * indent
        piece, used = "", 0.0
        for character in line:
            advance = 0.5 if character.isascii() else 1.0
            if used + advance > room:
                rows.append((28 * indent if room < width else 0, piece))
                piece, used, room = "", 0.0, float(width)
            piece, used = piece + character, used + advance
        rows.append((28 * indent if room < width else 0, piece))
    pages = [rows[at : at + per_page] for at in range(0, len(rows), per_page)]
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    def stream(content: bytes) -> bytes:
        packed = zlib.compress(content)
        return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)

    characters = sorted({c for line in [*lines, head, "-0123456789 "] for c in line})
    mapping = "".join(f"<{ord(c):04X}> <{ord(c):04X}>\n" for c in characters if ord(c) < 0x10000)
    blocks = mapping.splitlines(keepends=True)
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
    cmap += "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    for at in range(0, len(blocks), 100):
        some = blocks[at : at + 100]
        cmap += f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n"
    cmap += "endcmap end end"
    to_unicode = add(stream(cmap.encode()))
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor %d 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [%d 0 R] "
        b"/ToUnicode %d 0 R >>" % (descendant, to_unicode)
    )

    def show(x: float, y: float, words: str, size: int = 14) -> str:
        codes = "".join(f"{ord(c):04X}" for c in words)
        return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"

    contents = []
    for number, page in enumerate(pages, 1):
        drawn = show(290, 30, f"- {number} -", 9)
        if head:
            drawn += show(200, 815, head, 9)
        for row, (x, words) in enumerate(page):
            drawn += show(72 + x, 780 - 24 * row, words)
        contents.append(add(stream(drawn.encode())))
    tree = len(objects) + len(pages) + 1
    kids = [
        add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, font)
        )
        for content in contents
    ]
    add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids)))
    catalog = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, catalog, start))
    return out.getvalue()

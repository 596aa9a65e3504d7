"""The fixed parts of an XLSX file around its one sheet."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

SHEET = "xl/worksheets/sheet1.xml"
SHEET_END = "</sheetData></worksheet>"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: What the name of a sheet may not hold, and how long it may be.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31

#: Formats of our own; the first number that is free is 164.
_FORMATS = ("#,##0.00", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm")
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    f'<numFmts count="{len(_FORMATS)}">'
    + "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{one}"/>' for at, one in enumerate(_FORMATS))
    + '</numFmts><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF7"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="7">'
    # 0 text, which stays text when somebody types over it · 1 head · 2 number · 3 … 6 as `_FORMATS`
    '<xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="0"/>'
    + "".join(f'<xf numFmtId="{164 + at}" applyNumberFormat="1"/>' for at in range(len(_FORMATS)))
    + "</cellXfs></styleSheet>"
)


def parts(name: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of everything but the sheet, which is called `name`."""
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet_name(name))} sheetId="1" r:id="rId1"/></sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    )
    yield "xl/styles.xml", _STYLES


def sheet_head(widths: Sequence[int]) -> str:
    """Return the sheet up to its first row: the head stays in sight, columns have their widths."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def sheet_name(name: str) -> str:
    """Return a legal name of a sheet."""
    return _NOT_IN_NAMES.sub(" ", name).strip()[:_LONGEST_NAME] or "Sheet1"


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'

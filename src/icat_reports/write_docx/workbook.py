"""In: the data of a chart. Out: the workbook behind it, which opens when Word's user edits the data (SpreadsheetML).

One sheet: categories down column A, a series in each further column (ECMA-376 part 1, 18.3). The few parts are
written here, since the library for workbooks would take longer to load than all of the report to write.
"""

from __future__ import annotations

from collections.abc import Iterator

from icat_reports.document.nodes import Chart
from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import CONTENT_TYPES, NAMESPACES, PACKAGE_RELATIONSHIPS, RELATIONSHIPS
from icat_reports.ooxml.package import DECLARATION, pack_raw

SHEET = "Sheet1"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LETTERS = 26

_TYPES = (
    f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{NAMESPACES["r"]}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(chart: Chart) -> bytes:
    """The workbook's bytes."""
    office = RELATIONSHIPS["document"].rpartition("/")[0]
    links = (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    return pack_raw({
        "[Content_Types].xml": DECLARATION + _TYPES,
        "_rels/.rels": _relationships((RELATIONSHIPS["document"], "xl/workbook.xml")),
        "xl/workbook.xml": DECLARATION + _BOOK,
        "xl/_rels/workbook.xml.rels": _relationships(*((f"{office}/{kind}", target) for kind, target in links)),
        "xl/styles.xml": DECLARATION + _STYLES,
        "xl/worksheets/sheet1.xml": DECLARATION + _sheet(chart),
    })  # fmt: skip


def column(place: int) -> str:
    """Letters of a column counted from 0: A to Z, then AA."""
    times, rest = divmod(place, _LETTERS)
    return (column(times - 1) if times else "") + chr(ord("A") + rest)


def values_range(place: int, count: int) -> str:
    """The cells of `count` values in the column at `place`, as charts name them."""
    name = column(place)
    return f"{SHEET}!${name}$2:${name}${count + 1}"


def _relationships(*rows: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(rows, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{inner}</Relationships>'


def _sheet(chart: Chart) -> str:
    rows = "".join(f'<row r="{at}">{"".join(cells)}</row>' for at, cells in enumerate(_rows(chart), 1))
    last = f"{column(len(chart.series))}{len(chart.categories) + 1}"
    return f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/><sheetData>{rows}</sheetData></worksheet>'


def _rows(chart: Chart) -> Iterator[Iterator[str]]:
    yield (_words(place, 1, series.name) for place, series in enumerate(chart.series, 1))
    for at, category in enumerate(chart.categories):
        yield _row(chart, at, category)


def _row(chart: Chart, at: int, category: str) -> Iterator[str]:
    yield _words(0, at + 2, category)
    for place, series in enumerate(chart.series, 1):
        value = series.values[at]
        if value is not None:
            yield f'<c r="{column(place)}{at + 2}"><v>{value:g}</v></c>'


def _words(place: int, row: int, text: str) -> str:
    return f'<c r="{column(place)}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

"""In: a chart. Out: a chart part: native, with its data, in the theme's fonts and colours (ECMA-376 part 1, 21.2)."""

from __future__ import annotations

from itertools import cycle, islice

from msgspec import Struct

from icat_reports import colours
from icat_reports.document.nodes import Chart, Series
from icat_reports.faces import families
from icat_reports.measure import Measure
from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.widths import width
from icat_reports.write_docx.workbook import SHEET, column, values_range

_AXES = '<c:axId val="111111111"/><c:axId val="222222222"/>'
_BAR = 15.0
"""Points that a bar takes with the space round it."""
_AIR = 3.0
"""Points between the names of two bars at least."""
_FRAME = 4.0
_LEGEND = 24.0
_TITLE = 16.0
_GAP = 10.0
"""Points between a name and its bar."""
_VALUE = 24.0
"""Points that the longest bar leaves for its value."""
_WIDEST = 0.58
"""Share of the width that names may take: a name of two lines makes the whole chart taller."""
_LINE = 1.2
"""Height of a line to the size of its type."""


class _Plot(Struct, frozen=True):
    """How a chart is divided, in points; told to Word, which else would guess, and leave out names."""

    width: float
    names: float
    """Room for the names of the categories."""
    top: float
    """Room for the unit, above the bars."""
    bars: float
    """Height of all bars with the space round them."""
    bottom: float
    """Room for the legend."""

    @property
    def height(self) -> float:
        return self.top + self.bars + self.bottom


def _plot(build: Build, chart: Chart) -> _Plot:
    """As many bars as there are categories, all as high as the lines of the longest name."""
    type_ = build.type("table")
    measure = Measure(families(build.fonts, build.language), type_.size)
    longest = max(map(measure.width, chart.categories), default=0)
    room = min(build.measure * _WIDEST, longest + 1)
    lines = max((len(measure.lines(category, room)) for category in chart.categories), default=1)
    side_by_side = 1 if chart.kind == "stacked" else len(chart.series)
    bars = len(chart.categories) * max(_BAR, _AIR + max(lines, side_by_side) * type_.size * _LINE)
    legend = _LEGEND if len(chart.series) > 1 else 0
    return _Plot(build.measure, room + _GAP, _TITLE if chart.unit else 0, bars, legend + _FRAME)


def height(build: Build, chart: Chart) -> float:
    """Height in points."""
    return _plot(build, chart).height


def _layout(plot: _Plot, *, rtl: bool) -> str:
    """Where the bars stand, as shares of the whole (21.2.2.95); names are outside."""
    across = plot.width - plot.names - _VALUE
    left = _VALUE if rtl else plot.names
    places = {
        "x": left / plot.width, "y": plot.top / plot.height, "w": across / plot.width, "h": plot.bars / plot.height,
    }  # fmt: skip
    inner = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in places.items())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{inner}</c:manualLayout></c:layout>"
    )


def _title_layout(plot: _Plot, unit: str, *, size: float, rtl: bool) -> str:
    """The unit stands above the bars, at the line from which they begin."""
    left = plot.width - plot.names - width(unit) * size if rtl else plot.names
    return (
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left / plot.width:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    )


def markup(build: Build, chart: Chart, data: str) -> str:
    """The chart part; `data` is the relationship to its workbook."""
    plot = _plot(build, chart)
    stacked = chart.kind == "stacked"
    overlap = '<c:overlap val="100"/>' if stacked else ""
    series = "".join(
        _series(build, chart, place, one, color)
        for place, (one, color) in enumerate(zip(chart.series, _colours(build, len(chart.series)), strict=True))
    )
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(build)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        f'{DECLARATION}<c:chartSpace{declare("c", "a", "r")}><c:date1904 val="0"/>'
        f'<c:lang val="{build.language.word_tag}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(plot, rtl=build.rtl)}'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{"stacked" if stacked else "clustered"}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="55"/>{overlap}{_AXES}'
        f"</c:barChart>{_category_axis(build)}{_value_axis(build, chart, plot)}"
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(build)}"
        f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _colours(build: Build, count: int) -> list[str]:
    named = build.theme.colors["series"]
    return list(islice(cycle((named,) if isinstance(named, str) else named), count))


def _series(build: Build, chart: Chart, place: int, series: Series, color: str) -> str:
    count = len(chart.categories)
    name = f"{SHEET}!${column(place + 1)}$1"
    inside = chart.kind == "stacked"
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx><c:strRef><c:f>{name}</c:f>{_strings([series.name])}</c:strRef></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f"{_labels(build, color, inside=inside)}"
        f"<c:cat><c:strRef><c:f>{values_range(0, count)}</c:f>{_strings(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{values_range(place + 1, count)}</c:f>{_numbers(series)}</c:numRef></c:val></c:ser>"
    )


def _labels(build: Build, color: str, *, inside: bool) -> str:
    """The value of each bar: at its end, or on it in a colour that stands out."""
    shown = colours.readable_on(color, build.theme) if inside else build.theme.colour("text")
    format_ = "General;;" if inside else "General"  # the former says nothing of a zero, which has no place of its own
    return (
        f'<c:dLbls><c:numFmt formatCode="{format_}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text(build, shown)}<c:dLblPos val="{"ctr" if inside else "outEnd"}"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _strings(values: tuple[str, ...] | list[str]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(value)}</c:v></c:pt>' for at, value in enumerate(values))
    return f'<c:strCache><c:ptCount val="{len(values)}"/>{points}</c:strCache>'


def _numbers(series: Series) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value:g}</c:v></c:pt>' for at, value in enumerate(series.values) if value is not None
    )
    return (
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(series.values)}"/>{points}</c:numCache>'
    )


def _category_axis(build: Build) -> str:
    """Categories read from the top; at the right in a language that is written from there."""
    line = f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{build.theme.colour("rule")}"/></a:solidFill></a:ln>'
    return (
        '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"r" if build.rtl else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{line}</c:spPr>{_text(build)}<c:crossAx val="222222222"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(build: Build, chart: Chart, plot: _Plot) -> str:
    """No figures along it, as each bar bears its own; its title says what they count."""
    title = ""
    if chart.unit:
        place = _title_layout(plot, chart.unit, size=build.type("table").size, rtl=build.rtl)
        title = (
            "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>"
            f"{_run_properties(build, 'defRPr', build.theme.colour('muted'))}</a:pPr><a:r>"
            f"{_run_properties(build, 'rPr', build.theme.colour('muted'))}<a:t>{escape(chart.unit)}</a:t></a:r></a:p>"
            f'</c:rich></c:tx>{place}<c:overlay val="0"/></c:title>'
        )
    return (
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="{"maxMin" if build.rtl else "minMax"}"/>'
        f'<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="t"/>{title}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="none"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="111111111"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _text(build: Build, color: str = "") -> str:
    shown = color or build.theme.colour("text")
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_run_properties(build, 'defRPr', shown)}</a:pPr>"
        f'<a:endParaRPr lang="{build.language.word_tag}"/></a:p></c:txPr>'
    )


def _run_properties(build: Build, name: str, color: str) -> str:
    """Looks of words in a chart (21.1.2.3.9): size in hundredths of a point, a face for each script."""
    fonts = build.fonts
    return (
        f'<a:{name} sz="{round(build.type("table").size * 100)}" b="0"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        f'<a:latin typeface="{fonts.latin.word}"/><a:ea typeface="{fonts.east_asian.word}"/>'
        f'<a:cs typeface="{fonts.complex_script.word}"/></a:{name}>'
    )

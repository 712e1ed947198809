"""A comparison as a picture: one line an agency over the years, to SVG, PNG or a self-contained HTML page.

The Chinese font comes with a Python package (the extra ``charts``), not from the system, so that labels show on any
machine; in SVG the glyphs are drawn as paths, so that they show on the reader's machine too. A year without a figure
is a gap in the line, never a zero; a figure that a finding names is a hollow point.
"""

from __future__ import annotations

import html
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.errors import BadInput
from pipeline.shown.output import shown

SUFFIXES = (".svg", ".png", ".html")
MAX_LINES = 20
"""Agencies in one picture: as many as the palette has colours; more could not be told apart."""
MARKERS = "osD^vP<>X*"
"""Shapes of points, those that are told apart at first sight first."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: for each line (an agency) one value a year, None where there is none. ``doubtful`` are the points, by
    line and year, that a finding names."""

    title: str
    unit: str
    years: Sequence[int]
    lines: Mapping[str, Sequence[float | None]]
    doubtful: Collection[tuple[str, int]] = ()


def write_chart(chart: Chart, path: Path) -> None:
    """Draws the chart into a file whose suffix says the kind.

    Raises BadInput for another suffix and for too many lines. Needs the extra ``charts``.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"{path}: charts are drawn as {', '.join(SUFFIXES)}")
    if not chart.years or all(value is None for values in chart.lines.values() for value in values):
        raise BadInput("there is nothing to draw: no figure for this choice of agencies and years")
    if len(chart.lines) > MAX_LINES:
        raise BadInput(
            f"{len(chart.lines)} agencies in one chart cannot be told apart; name up to {MAX_LINES} with --agency"
        )
    content = _page(chart) if suffix == ".html" else _picture(chart, suffix[1:])
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def _picture(chart: Chart, kind: str) -> bytes:
    import matplotlib as mpl
    import pylopdf_fonts_zh_cn
    from cycler import cycler
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, fontManager
    from matplotlib.ticker import MaxNLocator

    font_file = pylopdf_fonts_zh_cn.sans_path()
    fontManager.addfont(font_file)
    settings: Any = {  # matplotlib's own type for this lists 300 keys
        "font.family": FontProperties(fname=font_file).get_name(),
        "svg.fonttype": "path",
        "svg.hashsalt": "nianbao",  # equal input, equal file
        "axes.unicode_minus": False,
        "axes.prop_cycle": cycler(color=[mpl.colormaps["tab20"](i) for i in _far_apart()]),
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(9, 5), dpi=150, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        for number, (name, values) in enumerate(chart.lines.items()):
            points = _points(chart.years, values)
            (line,) = axes.plot(list(points), list(points.values()), **_marker(number, len(chart.lines)), label=name)
            _hollow(axes, chart, name, line)
        axes.set_title(chart.title)
        axes.set_ylabel(chart.unit)
        axes.set_xticks(list(points), [str(year) for year in points])
        axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True) if _whole(chart) else MaxNLocator())
        axes.grid(axis="y", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, fontsize="small")
        out = io.BytesIO()
        figure.savefig(out, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()


def _points(years: Sequence[int], values: Sequence[float | None]) -> dict[int, float]:
    """The values by year, nan for none: also for a year between the others of which nobody's report is stored."""
    known = dict(zip(years, values, strict=True))
    found = {year: known.get(year) for year in range(min(years), max(years) + 1)}
    return {year: float("nan") if value is None else value for year, value in found.items()}


def _marker(number: int, count: int) -> dict[str, Any]:
    """How the points of a line are marked: each line in a shape and size of its own, the first the largest, so that points at
    one place are seen to be several."""
    return {"marker": MARKERS[number % len(MARKERS)], "markersize": 9 - 4 * number / max(count - 1, 1)}


def _hollow(axes: Any, chart: Chart, name: str, line: Any) -> None:
    """Makes the points of a line hollow that a finding names."""
    found = [(y, v) for y, v in zip(chart.years, chart.lines[name], strict=True) if (name, y) in chart.doubtful]
    axes.plot(
        [year for year, _ in found],
        [float("nan") if value is None else value for _, value in found],
        linestyle="none",
        marker=line.get_marker(),
        markersize=line.get_markersize(),
        color=line.get_color(),
        markerfacecolor="white",
        zorder=line.get_zorder() + 0.1,
    )


def _far_apart() -> list[int]:
    """tab20 holds ten pairs of a dark and a light colour: the dark ones first."""
    return [*range(0, 20, 2), *range(1, 20, 2)]


def _whole(chart: Chart) -> bool:
    return all(v is None or float(v).is_integer() for values in chart.lines.values() for v in values)


def _page(chart: Chart) -> bytes:
    svg = _picture(chart, "svg").decode()
    svg = svg[svg.index("<svg") :]
    head = "".join(f"<th>{year}</th>" for year in chart.years)
    body = "\n".join(f"<tr><th>{html.escape(name)}</th>{_fields(chart, name)}</tr>" for name in chart.lines)
    note = "\n<p>* ○ a finding names the figure</p>" if chart.doubtful else ""
    title = html.escape(chart.title)
    return f"""<!DOCTYPE html>
<html lang="zh">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
svg {{ width: 100%; height: auto }}
table {{ border-collapse: collapse }}
th, td {{ padding: .2rem .8rem; border-bottom: 1px solid #ddd; text-align: right }}
th:first-child {{ text-align: left; font-weight: normal }}
</style>
<h1>{title}</h1>
{svg}
<table>
<tr><th>{html.escape(chart.unit)}</th>{head}</tr>
{body}
</table>{note}
</html>
""".encode()


def _fields(chart: Chart, name: str) -> str:
    """The figures of a line as fields of the table, those that a finding names with a mark."""
    marks = ["*" if (name, year) in chart.doubtful else "" for year in chart.years]
    return "".join(f"<td>{shown(value)}{mark}</td>" for value, mark in zip(chart.lines[name], marks, strict=True))

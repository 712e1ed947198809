"""A comparison as a picture: one line an agency over the years, to SVG, PNG or a self-contained HTML page.

The Chinese font comes with a Python package (the extra ``charts``), not from the system, so that labels show on any
machine; in SVG the glyphs are drawn as paths, so that they show on the reader's machine too. A year without a figure
is a gap in the line, never a zero.
"""

from __future__ import annotations

import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.errors import BadInput
from pipeline.shown.output import shown

SUFFIXES = (".svg", ".png", ".html")
MAX_LINES = 20
"""Agencies in one picture: as many as the palette has colours; more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: for each line (an agency) one value a year, None where there is none."""

    title: str
    unit: str
    years: Sequence[int]
    lines: Mapping[str, Sequence[float | None]]


def write_chart(chart: Chart, path: Path) -> None:
    """Draws the chart into a file whose suffix says the kind.

    Raises BadInput for another suffix and for too many lines. Needs the extra ``charts``.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"{path}: charts are drawn as {', '.join(SUFFIXES)}")
    if not chart.lines or not chart.years:
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
        for name, values in chart.lines.items():
            axes.plot(chart.years, [float("nan") if v is None else v for v in values], marker="o", label=name)
        axes.set_title(chart.title)
        axes.set_ylabel(chart.unit)
        axes.set_xticks(list(chart.years), [str(year) for year in chart.years])
        axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True) if _whole(chart) else MaxNLocator())
        axes.grid(axis="y", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, fontsize="small")
        out = io.BytesIO()
        figure.savefig(out, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()


def _far_apart() -> list[int]:
    """tab20 holds ten pairs of a dark and a light colour: the dark ones first."""
    return [*range(0, 20, 2), *range(1, 20, 2)]


def _whole(chart: Chart) -> bool:
    return all(v is None or float(v).is_integer() for values in chart.lines.values() for v in values)


def _page(chart: Chart) -> bytes:
    svg = _picture(chart, "svg").decode()
    svg = svg[svg.index("<svg") :]
    head = "".join(f"<th>{year}</th>" for year in chart.years)
    body = "\n".join(
        f"<tr><th>{html.escape(name)}</th>{''.join(f'<td>{shown(v)}</td>' for v in values)}</tr>"
        for name, values in chart.lines.items()
    )
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
</table>
</html>
""".encode()

"""Pages of made-up agencies: reports that the parsers take for such, and what looks like one."""

from __future__ import annotations

import io
import zipfile

TITLE = "{agency}{year}年政府信息公开工作年度报告"


def body_of(agency: str, year: int, published: int = 321) -> str:
    """The text of a report, long enough to be one."""
    return (
        f"<p>本报告由{agency}编制，统计期限自{year}年1月1日起至{year}年12月31日止。</p>"
        f"<p>一、总体情况</p><p>{year}年，{agency}通过门户网站主动公开政府信息{published}条，更新公开指南1次。</p>"
        "<p>二、主动公开政府信息情况</p><p>公开目录按时更新，内容涉及机构职能、政策文件和办事服务。</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p><p>全年收到申请{published % 17}件，均在期限内答复，没有收取费用。</p>"
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>没有因政府信息公开引起的行政复议和行政诉讼。</p>"
        "<p>五、存在的主要问题及改进情况</p><p>公开的形式还不够丰富，今后将加强培训，细化目录。</p>"
        "<p>六、其他需要报告的事项</p><p>没有其他需要报告的事项。</p>"
    )


def report_page(agency: str, year: int, *, title: str | None = None, body: str | None = None, head: str = "") -> str:
    """An article with a report in it."""
    named = title or TITLE.format(agency=agency, year=year)
    return (
        f"<html><head><title>{named}</title>{head}</head><body><h1>{named}</h1>"
        f"<p>发布时间：{year + 1}-01-20　来源：{agency}</p>"
        f'<div id="vsb_content">{body if body is not None else body_of(agency, year)}</div></body></html>'
    )


def report_file(agency: str, year: int) -> bytes:
    """A report as a file of its own: a page saved under another name, which agencies publish as well."""
    return report_page(agency, year).encode()


def zipped(name: str, content: bytes) -> bytes:
    """An archive with one file, the same bytes every time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


def list_page(rows: list[tuple[str, str, str]], *, heading: str = "政府信息公开年报", more: str = "") -> str:
    """A column: rows of address, title and day."""
    items = "".join(f'<li><a href="{url}">{title}</a><span>{day}</span></li>' for url, title, day in rows)
    return f"<html><head><title>{heading}</title></head><body><ul>{items}</ul>{more}</body></html>"

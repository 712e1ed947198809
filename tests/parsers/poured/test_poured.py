"""A text without the places of its words in, the tables' figures out: right, or named in a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from parsers import parse_report
from parsers.report import CellKey, Report

LABELS = """三、本年度办理结果
（一）予以公开
（二）部分公开
（三）不予公开
1.属于国家秘密
2.其他法律行政法规禁止公开
3.危及“三安全一稳定”
4.保护第三方合法权益
5.属于三类内部事务信息
6.属于四类过程性信息
7.属于行政执法案卷
8.属于行政查询事项
（四）无法提供
1.本机关不掌握相关政府信息
2.没有现成信息需要另行制作
3.补正后申请内容仍不明确
（五）不予处理
1.信访举报投诉类申请
2.重复申请
3.要求提供公开出版物
4.无正当理由大量反复申请
5.要求行政机关确认或重新出具已获取信息
（六）其他处理
（七）总计
四、结转下年度继续办理"""
OUTCOMES = [[4, 1, 0, 0, 0, 0, 5], [1, 0, 0, 0, 0, 0, 1], *[[0] * 7] * 8, [2, 0, 0, 0, 0, 1, 3], *[[0] * 7] * 8]
TOTAL = [[7, 1, 0, 0, 0, 1, 9], [0, 1, 0, 0, 0, 0, 1]]
BELOW = """四、行政复议、行政诉讼情况
行政复议
结果维持
总计

1
0
0
0
1

行政诉讼
0
0
0
0
0
0
2
0
0
2"""


def poured(outcomes: Sequence[Sequence[int]], total: Sequence[Sequence[int]], received: int = 9) -> Report:
    """A report of 2020 as a program pours it out: the first rows to their last column but one, that column, then the labels of
    the page and its columns one after the other."""
    columns = "\n\n".join("\n".join(map(str, column)) for column in zip(*outcomes, *total, strict=True))
    return parse_report(
        f"""云溪县水利局2020年政府信息公开工作年度报告

二、主动公开政府信息情况

信息内容
规章
规范性文件
信息内容
行政许可
其他对外管理服务事项
信息内容
行政处罚
行政强制
信息内容
行政事业性收费
信息内容
政府集中采购

第二十条第（一）项
本年新制作数量
本年新公开数量
0
0
7
5
第二十条第（五）项
上一年项目数量
12
3
第二十条第（六）项
上一年项目数量
8
1
第二十条第（八）项
上一年项目数量
4
第二十条第（九）项
采购项目数量
2

对外公开总数量
0
31

本年增/减
-2
0

处理决定数量
410
15

本年增/减
0
+1

处理决定数量
67
0

本年增/减
0

采购总金额
35.2万元

三、收到和处理政府信息公开申请情况

（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
申请人情况
自然人
法人或其他组织
商业企业
一、本年新收政府信息公开申请数量
6
2
0
0
0
1
二、上年结转政府信息公开申请数量
1
0
0
0
0
0

总计
{received}
1

{LABELS}

{columns}

{BELOW}

五、存在的主要问题及改进情况

业务培训不够，2021年将加强培训。
""".encode(),
        name="report.txt",
    )


def figure(report: Report, key: str) -> object:
    cells = {str(cell.key): cell for cell in report.cells}
    return cells[key].value


def doubted(report: Report) -> set[CellKey]:
    return {key for finding in report.findings if finding.whose.value == "reading" for key in finding.cells}


def test_columns_and_rows_that_were_poured_out_are_set_together_by_the_sums() -> None:
    report = poured(OUTCOMES, TOTAL)
    assert figure(report, "requests/received.new/business") == 2
    assert figure(report, "requests/received.new/total") == 9
    assert figure(report, "requests/outcome.unable.not_held/other_org") == 1
    assert figure(report, "requests/carried_forward/business") == 1
    assert figure(report, "review_litigation/litigation.after_review/corrected") == 2
    assert not doubted(report)


def test_figures_under_the_headings_of_small_tables_are_those_of_its_rows() -> None:
    report = poured(OUTCOMES, TOTAL)
    assert figure(report, "proactive/normative_documents/newly_disclosed") == 5
    assert figure(report, "proactive/normative_documents/disclosed_total") == 31
    assert figure(report, "proactive/other_services/decisions") == 15
    assert figure(report, "proactive/coercive_measures/items_change") == 1
    assert str(figure(report, "proactive/central_procurement/amount")) == "35.2"


def test_a_slip_of_the_agency_in_a_text_poured_out_in_plain_order_is_the_agencys() -> None:
    report = poured(OUTCOMES, TOTAL, received=10)
    assert figure(report, "requests/received.new/total") == 10
    slips = {finding.rule for finding in report.findings if finding.whose.value == "agency"}
    assert slips == {"req.row_sum", "req.balance"}


def test_figures_that_no_order_makes_whole_sums_of_are_all_in_doubt() -> None:
    broken = [*OUTCOMES[:3], [3, 0, 1, 0, 2, 0, 9], *OUTCOMES[4:]]
    report = poured(broken, TOTAL)
    wrong = {
        cell.key
        for cell in report.cells
        if cell.key.table == "requests" and cell.key.row == "outcome.granted" and cell.value != 4
    }
    assert wrong
    assert wrong <= doubted(report)


def test_figures_stand_behind_the_first_lines_of_broken_labels() -> None:
    """A program gives line by line what stands side by side: the beginning of the corner and the banner, that of a label and the
    figures of its row."""
    rows = [[6, 2, 0, 0, 0, 1, 9], [1, 0, 0, 0, 0, 0, 1], *OUTCOMES, *TOTAL]
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    labels += [
        label for label in LABELS.split("\n") if label[:4] not in ("三、本年", "（三）不", "（四）无", "（五）不")
    ]
    table = "\n".join(
        f"{label[:4]} {' '.join(map(str, row))}\n{label[4:]}" for label, row in zip(labels, rows, strict=True)
    )
    report = parse_report(
        f"""云溪县水利局2020年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加 申请人情况
第二项之和，等于第三项加第四项之和） 自然人 法人或其他组织 总计
商业企业 科研机构 社会公益组织 法律服务机构 其他
{table}
四、行政复议、行政诉讼情况
1 0 0 0 1 0 0 0 0 0 0 2 0 0 2
五、存在的主要问题及改进情况
业务培训不够，2021年将加强培训。
""".encode(),
        name="report.txt",
    )
    assert figure(report, "requests/outcome.unable.not_held/other_org") == 1
    assert figure(report, "requests/outcome.total/natural_person") == 7
    assert not {key for key in doubted(report) if key.table == "requests"}

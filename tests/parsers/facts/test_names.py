"""What names and does not count is set aside with its reason."""

from __future__ import annotations

import pytest

from parsers.facts import Reason, extract_facts, set_aside


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("统计期限为2022年1月1日至12月31日。", "2022年1月1日至12月31日", Reason.DATE),
        ("2023年1—12月发布。", "2023年1—12月", Reason.DATE),
        ("统计期限为2023 11日至1231日。", "2023 11日至1231日", Reason.DATE),
        ("国办发〔2021〕30号文件", "〔2021〕30号", Reason.DOCUMENT_NUMBER),
        ("国务院令第711号", "令第711号", Reason.DOCUMENT_NUMBER),
        ("依照条例第二十条第（一）项", "第二十条", Reason.ARTICLE),
        ("条例第9至12条规定的范围", "第9至12条", Reason.ARTICLE),
        ("条例第十九、二十条规定的信息", "第十九、二十条", Reason.ARTICLE),
        ("电话：0955-7067517。", "电话：0955-7067517", Reason.TELEPHONE),
        ("联系电话8691639。", "电话8691639", Reason.TELEPHONE),
        ("邮编：755000。", "邮编：755000", Reason.POSTCODE),
        ("平安东路23号", "23", Reason.ADDRESS),
        ("七家子镇公开信息", "七家子镇", Reason.ADDRESS),
        ("八里店街道收到申请", "八里店街道", Reason.ADDRESS),
        ("上午8:30开始", "8:30", Reason.CLOCK),
        ("见www.example.gov.cn/a1条", "www.example.gov.cn/a1", Reason.LINK),
        ("邮箱12abc@qq.com", "12abc@qq.com", Reason.LINK),
        ("《2020年工作要点10条》", "《2020年工作要点10条》", Reason.TITLE),
        ("举办第三期培训", "第三", Reason.ORDINAL),
        ("十七届五次全会", "五", Reason.ORDINAL),
        ("20个工作日内答复", "20个工作日", Reason.DURATION),
        ("接到12345热线转来", "12345", Reason.HOTLINE),
        ("重点做好4个方面工作", "4个", Reason.STRUCTURE),
        ("提出6大类30条109项工作任务", "109项", Reason.STRUCTURE),
        ("分布在31个省", "31个", Reason.SCOPE),
        ("这3起申请均已答复", "3起", Reason.BACK_REFERENCE),
        ("从内容来看，2件均为招考问题", "2件", Reason.BACK_REFERENCE),
        ("播放量100万+作品", "100万", Reason.THRESHOLD),
        ("微信、快手2个账号粉丝1.2万人", "2个", Reason.IN_SUBJECT),
        ("未发生一起泄密事件", "一起", Reason.NEGATED),
        ("打造一个平台", "一个", Reason.INDEFINITE),
        ("发放数百份", "百", Reason.VAGUE),
        ("位居全国前10名", "10", Reason.RANK),
        ("每次3-5人", "5人", Reason.RANGE),
        ("PM2.5浓度", "2.5", Reason.LETTERS),
        ("“三个一百”工程", "“三个一百”", Reason.QUOTED),
    ],
)
def test_a_name_is_no_fact(text: str, name: str, reason: Reason) -> None:
    assert (name, reason) in [(text[found.start : found.end], found.reason) for found in set_aside(text)]
    assert not [fact for fact in extract_facts(text, report_year=2022) if fact.surface in name]


def test_a_crowded_stretch_is_a_table() -> None:
    text = "3件" * 500 + "。发布信息2条。"
    assert [fact.surface for fact in extract_facts(text, report_year=2022)] == ["2条"]
    assert {name.reason for name in set_aside(text)} == {Reason.TABLE}

"""Constructions of the reports, one a case: the sentence, and what its figures mean."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.document import Span
from parsers.facts import extract_facts
from parsers.report import Section


def fields(text: str, *names: str, year: int = 2022) -> list[tuple[Any, ...]]:
    facts = extract_facts(text, report_year=year)
    return [tuple(getattr(fact, name) for name in ("surface", *names)) for fact in facts]


def test_a_verb_is_shared_by_a_list_of_channels() -> None:
    assert fields("共计发布微博1839篇、微信3739篇、抖音306条。", "metric", "channel") == [
        ("1839篇", "posts", "weibo"),
        ("3739篇", "posts", "wechat"),
        ("306条", "posts", "douyin"),
    ]


def test_a_channel_holds_until_a_verb_of_another_kind() -> None:
    text = "通过县政府网站发布要闻672条，公告12条，开展意见征集2次，县长信箱收到信件，183条，答复180条。"
    assert fields(text, "metric", "channel") == [
        ("672条", "posts", "website"),
        ("12条", "posts", "website"),
        ("2次", "opinions", None),
        ("183条", "inquiries", "mailbox"),
        ("180条", "inquiries", "mailbox"),
    ]


def test_several_channels_are_one_fact() -> None:
    text = "通过政府网站、微信公众号等渠道公开信息4万余条。"
    assert fields(text, "channel", "subject", "value", "bound") == [
        ("4万余条", "new_media", "政府网站、微信公众号", 40000, "over")
    ]


def test_papers_and_stations_are_media() -> None:
    text = "在市日报刊登公告6期，在省级卫视、青年报等媒体发布信息112篇。通过报刊公开信息53条。"
    assert fields(text, "metric", "channel") == [
        ("6期", "media_coverage", "newspaper"),
        ("112篇", "media_coverage", "media"),
        ("53条", "disclosures", "newspaper"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("公开信息30条，其中网站20条，微信10条。", [None, 0, 0]),
        ("公开信息30条。其中网站20条；微信10条。", [None, 0, 0]),
        ("行政复议3件（维持2件、终止1件），行政诉讼2件。", [None, 0, 0, None]),
        ("行政复议3件，其中维持2件；行政诉讼2件，其中胜诉1件。", [None, 0, None, 2]),
        ("本年新收申请317件，上年结转3件。其中，予以公开184件。", [None, None, None]),
        ("公开信息30条，其中网站20条，另有内部信息5条。", [None, 0, None]),
        ("发布原创53篇，转发96篇，总计149篇。", [2, 2, None]),
        ("共回应热点3次，利用微信回应1次，其他方式回应2次。", [None, 0, 0]),
        ("书记信箱7件，县长信箱1件，区长信箱6件。", [None, None, None]),
        ("公开信息30条。从公开渠道来看，网站20条，微信10条。", [None, 0, 0]),
        ("复议案件743件，结果维持461件。", [None, 0]),
        ("公开信息30条，其中网站20条，占67%。", [None, 0, None]),
        ("公开信息430条，其中市本级43条；全年发布防汛信息80条。", [None, 0, None]),
        ("发布会191场，领导出席25人次。其中，防疫发布会151场。", [None, None, 0]),
        ("受理复议申请56件，审结52件，其中维持30件，撤销8件。", [None, None, 1, 1]),
        ("微信发布信息30条，阅读量9万次，其中原创20条。", [None, None, 0]),
    ],
)
def test_which_figures_are_parts_of_which(text: str, parts: list[int | None]) -> None:
    assert [fact.part_of for fact in extract_facts(text, report_year=2022)] == parts


def test_one_figure_for_each_thing_named() -> None:
    assert fields("行政复议、行政诉讼均为0件。", "metric") == [("0件", "reviews"), ("0件", "lawsuits")]
    assert fields("网站、微博各开设专栏2个。", "channel") == [("2个", "website"), ("2个", "weibo")]
    assert fields("办理提案3件，面商率、办结率均为100%。", "metric") == [("3件", "proposals"), ("100%", "proposals")]


def test_respectively_gives_each_its_own() -> None:
    text = "视频号、抖音号分别发布作品64条、118条，播放量分别为23.5万次和约87万次。"
    assert fields(text, "metric", "channel", "bound") == [
        ("64条", "posts", "wechat_video", "exact"),
        ("118条", "posts", "douyin", "exact"),
        ("23.5万次", "views", "wechat_video", "exact"),
        ("87万次", "views", "douyin", "about"),
    ]


def test_the_two_ends_of_a_change() -> None:
    text = "微信公众号粉丝从2021年底的1.7 万余人上涨至13.6 万余人，增幅700%。"
    assert fields(text, "value", "role", "kind", "year") == [
        ("1.7 万余人", 17000, "from", "stock", 2021),
        ("13.6 万余人", 136000, "to", "stock", 2022),
        ("700%", 700, "yoy", "rate", 2022),
    ]


def test_changes_of_a_year() -> None:
    text = "受理申请24件，较去年的30件下降20%；热线来电300个，同比增加12个，办结率98%，较上年提高2.1个百分点。"
    assert fields(text, "metric", "role", "kind", "year") == [
        ("24件", "applications", "level", "flow", 2022),
        ("30件", "applications", "level", "flow", 2021),
        ("20%", "applications", "yoy", "rate", 2022),
        ("300个", "inquiries", "level", "flow", 2022),
        ("12个", "inquiries", "delta", "change", 2022),
        ("98%", "inquiries", "level", "rate", 2022),
        ("2.1个百分点", "inquiries", "delta", "change", 2022),
    ]


def test_the_last_of_three_years_is_the_reports() -> None:
    assert fields("近三年，申请量分别为120件、135件和150件。", "year") == [
        ("120件", 2020),
        ("135件", 2021),
        ("150件", 2022),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("网站自开通以来总访问量达560万次。", "cumulative"),
        ("历年累计主动公开信息12万条。", "cumulative"),
        ("2022年累计主动公开信息12万条。", "flow"),
        ("截至12月31日，全年主动公开信息300条。", "flow"),
        ("新开通视频号2个。", "flow"),
        ("现有微信公众号3个。", "stock"),
        ("抖音号新增粉丝3800人。", "change"),
        ("现行有效规范性文件23件。", "stock"),
        ("制发规范性文件23件。", "flow"),
    ],
)
def test_whether_it_happened_stands_or_adds_up(text: str, kind: str) -> None:
    assert [fact.kind for fact in extract_facts(text, report_year=2022)] == [kind]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("公开行政处罚信息31条。", "disclosures"),
        ("作出行政处罚31件。", "enforcement"),
        ("公开规范性文件4件。", "documents"),
        ("转载法律法规规章28部。", "posts"),
        ("发布政策解读信息28条。", "interpretations"),
        ("公开政策法规、政策解读20条。", "disclosures"),
        ("接到7起依申请公开案件。", "applications"),
        ("公开取水许可等13项行政权力事项。", "services"),
        ("2次做客市广播电台。", "press_events"),
        ("邀请人大代表、群众代表19人。", "events"),
        ("到22个部门检查。", "events"),
        ("指导40家部门。", "other"),
        ("安排2名人员负责依申请公开。", "other"),
        ("罚款1.5万元。", "fees"),
        ("编印政府公报12期。", "gazettes"),
        ("发放宣传手册500份。", "other"),
        ("县电视台播放政策420次。", "media_coverage"),
        ("解读材料发布数量45条。", "interpretations"),
        ("回应民众关切信息13次。", "inquiries"),
    ],
)
def test_noun_verb_or_measure_word_tells_what_is_counted(text: str, metric: str) -> None:
    assert [fact.metric for fact in extract_facts(text, report_year=2022)] == [metric]


def test_a_heading_tells_what_was_handled() -> None:
    text = "全年共受理2件，均已答复。"
    (plain,) = extract_facts("县长信箱畅通。" + text, report_year=2022)
    (under_heading,) = extract_facts("（二）依申请公开情况。" + text, report_year=2022)
    section = Section("requests", "信访投诉情况", 1, Span(0, len(text)))
    (in_section,) = extract_facts(text, report_year=2022, sections=[section])
    assert (plain.metric, under_heading.metric, in_section.metric) == ("inquiries", "applications", "inquiries")
    assert (in_section.section, under_heading.section) == ("信访投诉情况", None)


def test_people_came_to_what_was_just_held() -> None:
    assert fields("举办业务培训会1次。各部门30余人参会。", "metric") == [
        ("1次", "trainings"),
        ("30余人", "trainings"),
    ]


def test_a_printed_zero_is_a_fact_and_a_negation_is_none() -> None:
    assert fields("收到申请0件，未收到投诉。", "value") == [("0件", 0)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("共公开236条，其中网站27条，公众号198条，回复诉求11件。", [None, 0, 0, 0]),
        ("收到申请124宗（含结转5宗），公民申请113宗，法人申请11宗；办结121宗。", [None, 0, 0, 0, None]),
        ("收到26份申请，其中自行撤销2件，答复24件。", [None, 0, 0]),
        ("网站发布信息5300条，其中要闻3529条；政务微信发布信息1175条。", [None, 0, None]),
        ("受理申请13件。其中公开8件，不予公开2件。从申请渠道看，邮件申请9件。", [None, 0, 0, 0]),
        ("受理来信468件，其中市长电话339件、其它129件，转办共计468件。", [None, 0, 0, None]),
    ],
)
def test_a_sum_a_channel_or_a_new_total_tells_what_is_a_part(text: str, parts: list[int | None]) -> None:
    assert [part_of for _, part_of in fields(text, "part_of")] == parts


def test_what_a_gain_consists_of_was_gained_too() -> None:
    assert fields("新增主动公开信息51条（历年累计4142条）。其中，文件14条，占27%。", "kind", "role", "part_of") == [
        ("51条", "change", "delta", None),
        ("4142条", "cumulative", "level", None),
        ("14条", "change", "delta", 0),
        ("27%", "rate", "share", None),
    ]


def test_a_total_from_the_start_is_known_by_the_gain_of_the_year() -> None:
    assert fields("累计公开信息5928条，其中，本年度新增2110条。", "kind") == [
        ("5928条", "cumulative"),
        ("2110条", "change"),
    ]


def test_a_verb_behind_its_object_governs_no_more() -> None:
    assert fields("公开各类信息3050条、动态信息更新2944条、通知公告206条。", "metric") == [
        ("3050条", "disclosures"),
        ("2944条", "posts"),
        ("206条", "disclosures"),
    ]


def test_two_acts_have_each_its_figure() -> None:
    assert fields("修订、废止规范性文件各2件。", "metric") == [("2件", "documents"), ("2件", "documents")]


@pytest.mark.parametrize(
    "text", ["涉及13个区县、10个处室、37个机构。", "在主动公开的14条信息中，文件居多。", "鼠标点击3次即可看到。"]
)
def test_scope_and_what_is_said_before_are_no_facts(text: str) -> None:
    assert extract_facts(text, report_year=2022) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("网站公开754条，新媒体公开2808条。其中，微博12984条。", [None, None, None]),
        ("公开1692条，其中目录204条，网站1488条；微博推送1810条。", [None, 0, 0, None]),
        ("发布信息1816条；在媒体开展宣传，其中省级报道24篇。", [None, None]),
        ("收到留言3059条，部门收到1904条，县市收到1155条，其中咨询1160条、投诉1899条。", [None, 0, 0, 0, 0]),
        ("网站公开54条（其中办理提案29条、通知25条）。", [None, 0, 0]),
        ("公布信息202条，其中网站194条；新闻发布会2次。", [None, 0, None]),
        ("接受咨询30人次，其中来电来访20次。", [None, 0]),
    ],
)
def test_what_sums_and_signs_say_of_a_whole(text: str, parts: list[int | None]) -> None:
    assert [fact.part_of for fact in extract_facts(text, report_year=2022)] == parts


@pytest.mark.parametrize(
    ("text", "metric", "channel"),
    [
        ("政府网站“县长信箱”收到留言76条。", "inquiries", "mailbox"),
        ("通过“通化市农网”公开动态1587条。", "disclosures", "website"),
        ("通过网站、微信和政务微博。发布信息5条。", "posts", None),
        ("通过网站、微信公众号等平台公开各类信息。累计公开信息6条。", "disclosures", "new_media"),
        ("通过“爱安丘”APP等新媒体公开信息240条。", "disclosures", "new_media"),
        ("通过公开电话、公开信箱、网民留言等互动渠道，回复社会关切214条。", "inquiries", "new_media"),
        ("通过各种公开平台公开信息200条。", "disclosures", None),
        ("清理网站专栏的文件；公开概况信息2条。", "disclosures", None),
        ("完成市电台4期《民情热线》节目。", "media_coverage", "broadcast"),
        ("编辑刊发校报11期。", "posts", "newspaper"),
        ("公开行政权力办理结果37条。", "disclosures", None),
        ("完成依申请公开主办件16件。", "applications", None),
        ("收到依申请公开信件2件。", "applications", None),
        ("发布政务服务事项2020项。", "services", None),
        ("发布水质监测结果32条。", "posts", None),
        ("组织发布重要活动新闻通稿138篇。", "posts", None),
        ("以图文形式解读政策文件7篇。", "interpretations", None),
        ("行政许可、行政处罚、行政强制决定共9宗。", "enforcement", None),
    ],
)
def test_what_is_counted_and_where(text: str, metric: str, channel: str | None) -> None:
    assert fields(text, "metric", "channel")[0][1:] == (metric, channel)


def test_columns_are_on_the_website_of_the_sentence_before() -> None:
    assert fields("政府网站发布信息90条。共开设栏目24个。", "channel")[1] == ("24个", "website")


def test_a_verb_inside_a_list_of_kinds_governs_only_itself() -> None:
    text = "公开信息400条，其中预决算85条，更新办事指南10条，部门动态60条。"
    assert [metric for _, metric in fields(text, "metric")] == ["disclosures", "disclosures", "posts", "disclosures"]


def test_a_rate_of_no_metric_is_one_of_what_was_named() -> None:
    assert fields("所有建议提案走访率、满意率均达到100%。", "metric") == [("100%", "proposals")]


def test_an_average_is_not_amassed() -> None:
    text = "截至年底，网站访问量累计770万人次，日均浏览量1.7万人次。"
    assert [kind for _, kind in fields(text, "kind")] == ["cumulative", "flow"]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请9件。9件申请均已答复。",
        "超额完成每月5条任务。",
        "每月开展1次网站巡查。",
        "围绕3个环节、42个子栏目推进。",
    ],
)
def test_what_is_said_again_or_only_names_is_no_fact(text: str) -> None:
    assert len(extract_facts(text, report_year=2022)) == text.count("收到申请9件")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("公开信息20条，其中通知12条、文件8条；通过服务网公布许可5条。", [None, 0, 0, None]),
        ("收到申请13件，其中网络11件，信函2件；予以公开9件，不予公开4件。", [None, 0, 0, 0, 0]),
        ("收到申请14件，其中自然人12件、法人2件；从申请方式看，网络9件，信函5件。", [None, 0, 0, 0, 0]),
        ("收到申请1046件。其中网络862件，信函184件。公民申请1030件，法人申请16件。", [None, 0, 0, 0, 0]),
        (
            "新收申请60件，其中公民55件，企业5件；上年结转7件，其中公民6件；予以公开40件。",
            [None, 0, 0, None, 3, None],
        ),
        ("网站发布信息85条。充分运用公众号推广，其中公众号发布动态85条。", [None, None]),
        ("公开文件100件，其中规范性文件16件，刊发政府公报6期。", [None, 0, None]),
        ("共接到4份申请，对其中一件进行了公开，对其中两件进行了部分公开。", [None, 0, 0]),
        ("全区93个区级部门（包括18个乡镇）公开了预算。", [None, 0]),
        ("行政复议案件10件，行政诉讼案件0件，结果维持2件，尚未审结6件。", [None, None, 0, 0]),
        ("微博发布信息120条，其中转发109条；收到微博投诉12条。", [None, 0, None]),
        ("公开53条，其中：组织机构类信息3条；部门文件类信息2条。", [None, 0, 0]),
        ("新增公开信息50条。其中机构类20条，内有领导成员10条、机构职能4条；文件类信息4条。", [None, 0, 1, 1, 0]),
    ],
)
def test_where_a_breakdown_ends_and_where_another_begins(text: str, parts: list[int | None]) -> None:
    assert [fact.part_of for fact in extract_facts(text, report_year=2022)] == parts


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("发布信息443条，其中党务公开7条，会议情况公开8条。", ["posts", "posts", "posts"]),
        ("发布法定主动公开内容5条。", ["posts"]),
        ("公开任免信息10批次71条162人次。", ["disclosures", "disclosures", "disclosures"]),
        ("公开应急预案2条、预警信息175条。", ["disclosures", "disclosures"]),
        ("转发水利部、水利厅政策解读2条。", ["interpretations"]),
        ("公开114条，其中政策法规及解读4条，财务信息14条。", ["disclosures", "disclosures", "disclosures"]),
        ("处理网上投诉和建议32件。", ["inquiries"]),
        ("收到公民申请事项1件。", ["applications"]),
        ("3次参加市政府组织的在线访谈栏目。", ["press_events"]),
        ("短视频账号累计发布58个。", ["posts"]),
        ("领导信箱公开信件6件。", ["inquiries"]),
        ("12345热线工单按时办结率99.7%。", ["inquiries"]),
        ("12360热线接听来电15832个。", ["inquiries"]),
        ("新闻发布会112场，其中主要负责人出席39场。", ["press_events", "press_events"]),
        ("发布主动公开文件21份，历年累计592份。", ["documents", "documents"]),
        ("2条信息被“潮城发布”录用。", ["media_coverage"]),
        ("信函申请39件；电子邮件7件。", ["applications", "applications"]),
        ("组织征集调查活动24次。", ["opinions"]),
    ],
)
def test_what_each_figure_counts(text: str, metrics: list[str]) -> None:
    assert [fact.metric for fact in extract_facts(text, report_year=2022)] == metrics


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("在中国绿林网（局政府网）发布信息59条。", ["website"]),
        ("通过《富川县人民政府网》发布信息85条。", ["website"]),
        ("新区报发布8条。", ["newspaper"]),
        ("通过“民呼我应”处理诉求78件。", ["other"]),
        ("通过新闻媒体等其他方式发布信息53条。", ["media"]),
        ("通过12345热线平台和“邻里”工作群受理诉求17件。", ["new_media"]),
        ("通过网站利用民心桥、领导留言板反馈意见12条。", ["new_media"]),
        ("网站发布政府公报、文件等信息110条。", ["website"]),
        ("网站公开信息61条、行政复议决定书20份、文件5项。", ["website", None, "website"]),
        ("通过网站、微信公开95条，其中信用网发布处罚20条、许可30条。", ["new_media", "website", "website"]),
        ("网上咨询165人次，现场接待67人次。", ["website", None]),
        ("接受媒体采访3次，政策解读11条。", ["media", None]),
        ("公开信息15条，其中信息公开目录类信息9条。", [None, None]),
        ("官网发布信息12条，发布30条微博。", ["website", "weibo"]),
        ("微信公众号、视频号粉丝分别为3.2万人和8600人。", ["wechat", "wechat_video"]),
        ("微博发布信息12条，抖音发布9条，总阅读量86万次。", ["weibo", "douyin", "new_media"]),
        ("县融媒体中心客户端下载量15万次。", ["app"]),
    ],
)
def test_where_it_was_counted(text: str, channels: list[str | None]) -> None:
    assert [fact.channel for fact in extract_facts(text, report_year=2022)] == channels


def test_what_was_amassed_is_known_by_the_sentence_behind_it() -> None:
    text = "网站公开信息累计达173条，其中公文62条。2010年新增49条。"
    assert fields(text, "metric", "channel", "kind", year=2010) == [
        ("173条", "disclosures", "website", "cumulative"),
        ("62条", "disclosures", "website", "cumulative"),
        ("49条", "disclosures", "website", "change"),
    ]


def test_matters_that_were_handled_happened_in_the_year() -> None:
    assert fields("受理各类服务事项1443件。公开服务事项36项。", "metric", "kind") == [
        ("1443件", "services", "flow"),
        ("36项", "services", "stock"),
    ]


def test_respectively_reaches_back_to_a_list_with_figures() -> None:
    text = "政务微博218个、微信公众号346个，合格率分别为98.6%和99.4%。"
    assert [channel for _, channel in fields(text, "channel")] == ["weibo", "wechat", "weibo", "wechat"]


def test_who_was_trained_or_came_is_of_what_was_held() -> None:
    text = "组织政策宣讲12场，受众1.1万人次；举办培训班2期，参训150人，其中乡镇信息员96人。"
    assert fields(text, "metric", "part_of") == [
        ("12场", "events", None),
        ("1.1万人次", "events", None),
        ("2期", "trainings", None),
        ("150人", "trainings", None),
        ("96人", "trainings", 3),
    ]


def test_a_figure_with_a_year_of_its_own_is_not_amassed() -> None:
    text = "截至2018年底，我局累计主动公开政府信息356条，2018年主动公开政府信息60条。"
    assert [kind for _, kind in fields(text, "kind", year=2018)] == ["cumulative", "flow"]


def test_only_what_is_counted_alike_is_amassed_too() -> None:
    assert fields("抖音号累计获赞18.3万次，回复网友评论970条。", "kind") == [
        ("18.3万次", "cumulative"),
        ("970条", "flow"),
    ]


def test_bodies_that_act_are_counted_whatever_they_do() -> None:
    assert fields("全镇16个村每季度公开财务。", "metric") == [("16个", "other")]


def test_tasks_are_structure() -> None:
    assert extract_facts("细化工作任务27项，落实整改措施15条。", report_year=2022) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("粉丝不低于3万人。", "over"),
        ("粉丝不少于3万人。", "over"),
        ("粉丝低于3万人。", "under"),
        ("粉丝不到3万人。", "under"),
        ("粉丝不超过3万人。", "under"),
        ("粉丝超过3万人。", "over"),
        ("粉丝至多3万人。", "under"),
        ("公开信息上万条。", "over"),
        ("微信上30条。", "exact"),
    ],
)
def test_the_longest_word_in_front_of_a_figure_bounds_it(text: str, bound: str) -> None:
    assert [fact.bound for fact in extract_facts(text, report_year=2021)] == [bound]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年，举办培训6期，参训300人次。", [2022, 2022]),
        ("2020年举办培训6期，2021年举办8期，2022年举办9期。", [2020, 2021, 2022]),
        ("我局2022年举办培训6期。", [2022]),
        ("2022年1月31日，召开会议1次。", [2021]),
        ("2022年初，公开信息3条。", [2021]),
        ("截至2022年1月底，网站公开信息300条。", [2021]),
        ("结转2022年办理申请3件。", [2021]),
        ("根据2022年工作要点，举办培训6期。", [2021]),
    ],
)
def test_a_clause_that_names_a_later_year_gives_it(text: str, years: list[int]) -> None:
    assert [fact.year for fact in extract_facts(text, report_year=2021)] == years


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("更新栏目3个。", ("accounts", "stock")),
        ("制作专题4个。", ("accounts", "flow")),
        ("网站发布短视频3个。", ("posts", "flow")),
    ],
)
def test_columns_are_counted_as_columns_whatever_is_done_with_them(text: str, counted: tuple[str, str]) -> None:
    assert [(fact.metric, fact.kind) for fact in extract_facts(text, report_year=2021)] == [counted]


def test_what_became_of_applications_is_told_of_the_answers() -> None:
    text = "收到申请30件，比2021年（41件）下降27%，答复29件。其中公开9件，不属于政府信息6件，告知其他途径3件，属于行政执法案卷11件。"
    assert fields(text, "metric", "year", "part_of") == [
        ("30件", "applications", 2022, None),
        ("41件", "applications", 2021, None),
        ("27%", "applications", 2022, None),
        ("29件", "applications", 2022, None),
        ("9件", "applications", 2022, 3),
        ("6件", "applications", 2022, 3),
        ("3件", "applications", 2022, 3),
        ("11件", "applications", 2022, 3),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("收到政府信息公开申请6件，其中涉及审批的2件，涉及处罚的4件。", [None, 0, 0]),
        ("共制作信息90条，其中主动公开61条，依申请公开20条，不予公开9条。", [None, 0, 0, 0]),
        ("收到依申请公开7次，其中3件为予以公开，4件为无法提供。", [None, 0, 0]),
        ("网站公布信息50条，其中包括通知30条、文件19条，通过信用平台公示许可信息240条。", [None, 0, 0, None]),
        ("“人事信息”发布量71条。\n二是丰富形式。解读材料很多，其中《管理通告》通过连续五期图解讲清。", [None, None]),
    ],
)
def test_sums_and_paragraphs_tell_the_whole(text: str, parts: list[int | None]) -> None:
    assert [fact.part_of for fact in extract_facts(text, report_year=2022)] == parts


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("收到依申请公开3件，公开2件，不予公开1件。", ["applications"] * 3),
        ("收到依申请公开3件，公开信息40条。", ["applications", "disclosures"]),
        ("发出收费通知0件，总金额0元。", ["fees", "fees"]),
        ("收到政府信息依申请公开办理事项1件。", ["applications"]),
        ("举办培训2次，覆盖村居工作人员86人次。", ["trainings", "trainings"]),
        ("更新信息90条，其中“政策法规”发布量60条，“建议提案办理”发布量30条。", ["posts"] * 3),
        ("发布信息99条，其中双随机、一公开信息9条，行政执法信息90条。", ["posts"] * 3),
        ("设立公开指南、公开年报、依申请公开四个板块。", ["accounts"]),
        ("公开信息40条，其中通知30条，组织机构4条，应急6条。", ["disclosures"] * 4),
        ("收到咨询类信息8条，投诉举报信息3条。", ["inquiries", "inquiries"]),
    ],
)
def test_what_is_counted_where_words_mislead(text: str, metrics: list[str]) -> None:
    assert [fact.metric for fact in extract_facts(text, report_year=2022)] == metrics


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("公开信息240条，其中政务动态14条、信息公开目录信息165条、概况类信息61条。", [None] * 4),
        ("网站发布信息365条，水质周报及小知识49期。", ["website", "website"]),
        ("“岚平水务”微信公众号推出“河长说”“河美乡村”等专题专栏，全年发布信息496条。", ["wechat"]),
        ("服务热线新媒体发布微信426条，微博453条。", ["wechat", "weibo"]),
        ("网站发布信息16条，上报区政府信息80条。", ["website", None]),
    ],
)
def test_which_of_the_named_channels_is_meant(text: str, channels: list[str | None]) -> None:
    assert [fact.channel for fact in extract_facts(text, report_year=2022)] == channels


def test_what_is_listed_behind_a_gain_was_gained_too() -> None:
    text = "新增政务类栏目4个，服务类栏目2个，用户总数9个。"
    assert [fact.role.value for fact in extract_facts(text, report_year=2022)] == ["delta", "delta", "level"]


def test_what_is_left_over_for_the_next_year_is_a_fact() -> None:
    assert fields("受理申请46件，办结44件，剩余2件结转下年度办理。", "metric")[-1] == ("2件", "applications")


@pytest.mark.parametrize(
    "text",
    [
        '大力宣传"富民30条"、"兴农20条"等政策。',
        "落实三项制度的要求。",
        "公开了关于5所学校收费标准的批复。",
        "有疑问请联系三元区政务公开办公室。",
    ],
)
def test_names_of_policies_and_places_count_nothing(text: str) -> None:
    assert extract_facts(text, report_year=2022) == []


def test_traditional_signs_are_read_like_simplified_ones_and_quoted_as_printed() -> None:
    text = "全年受理申請12件，其中予以公開9件，無法提供3件。入口網站發布政務動態信息360條。"
    facts = extract_facts(text, report_year=2022)

    assert [(fact.metric, fact.channel, fact.part_of) for fact in facts] == [
        ("applications", None, None),
        ("applications", None, 0),
        ("applications", None, 0),
        ("posts", "website", None),
    ]
    assert (facts[1].subject, facts[3].surface, facts[3].unit) == ("予以公開", "360條", "条")
    assert all(fact.sentence in text for fact in facts)


def test_broadcasting_is_a_field_of_work_in_a_list_of_what_was_put_out() -> None:
    text = "及时发布活动信息、广播电视、市场监督等各类信息252条。"
    assert fields(text, "metric", "channel") == [("252条", "posts", None)]

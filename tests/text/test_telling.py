import pytest

from catalog.text.telling import is_footer, is_notice, is_share_tool, tells

NOTICES = [
    "免责声明",
    "凡本网注明来源的",
    "不代表本平台观点",
    "声明:本文",
    "仅代表作者观点",
    "信息存储空间服务",
    "投稿邮箱",
    "联系我们删除",
    "侵权必究",
    "举报电话",
    "We use cookies",
    "Cookie settings",
    "privacy policy",
    "Datenschutz",
    "all rights reserved",
    "Alle Rechte vorbehalten",
    "alle Rechte",
    "© 2024",
    "Copyright 2024",
    "copyright",
    "正文已结束",
    "问题加载中",
    "长时间无响应",
    "建议使用谷歌浏览器",
    "最佳浏览",
    "信息网络传播",
    "文明上网",
    "自律公约",
    "还可输入100字",
    "JavaScript",
    "請繼續下滑",
    "版权归本社",
    "原作者所有",
    "权益归作者所有",
    "未经许可不得转载",
    "点击此处查看更多",
    "未经本社書面同意",
    "不得转载",
    "禁止转载",
    "请勿转载",
    "转载请注明",
    "轉載",
    "仅供参考,",
    "本站所有文章",
    "跟帖",
    "本文来自",
    "长按识别二维码",
    "请用微信扫一扫",
    "扫码关注",
    "扫描",
]
FOOTERS = [
    "陇ICP备1号",
    "甘ICP證2号",
    "增值电信业务经营许可证1号",
    "信息网络传播视听节目许可证1号",
    "公网安备1号",
    "网站标识码1",
    "版权所有",
    "版權所有",
    "Copyright 2024",
    "© 2024",
    "All Rights Reserved",
    "All rights reserved",
    "互联网新闻信息服务许可证1号",
    "Alle Rechte vorbehalten",
]
TOOLS = [
    "分享到",
    "转播到微博",
    "轉發",
    "转发给好友",
    "share on",
    "我要分享",
    "请点击右上角分享",
    "用手机扫一扫",
    "微信扫码",
]


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_tells_so_by_a_word(line: str) -> None:
    assert tells(line.lower())
    assert is_notice(line)


@pytest.mark.parametrize("line", FOOTERS)
def test_a_footer_tells_so_by_a_word(line: str) -> None:
    assert tells(line.lower())
    assert is_footer(line)


@pytest.mark.parametrize("line", TOOLS)
def test_a_tool_for_sharing_tells_so_by_a_word(line: str) -> None:
    assert tells(line)
    assert is_share_tool(line)


@pytest.mark.parametrize("line", ["青禾县举办秋粮测产观摩会", "新闻中心", "Harbour to be dredged in June"])
def test_most_lines_tell_nothing(line: str) -> None:
    assert not tells(line.lower())

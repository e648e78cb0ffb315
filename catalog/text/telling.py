"""Words by which a line tells that it is no news: a tool for sharing, a notice of rights, a footer.

Most lines hold none of them: one search for literal words takes the place of a search for each of the patterns.
"""

import re

_SHARE = ("分享", "转播", "轉發", "转发", "share")
_SHARE_TOOL = re.compile(
    rf"(?:{'|'.join(_SHARE)})(?:到|至|给|on|to|via)? ?.{{0,10}}$|我要分享$|.{{0,12}}点击右上角.{{0,40}}$|.{{0,6}}(?:扫一扫|扫码)"
    r"(?!会|能|就|真|为何|为什么|背后|之|怎|难|付|支付|收)[^?]{0,24}$"
)
# Each pattern by a word that all of its matches hold, in small letters.
_SURE_NOTICES = {
    "声明": "免责声明|^声明:|版权声明|郑重声明|特别声明", "凡本": "凡本[网站报]", "不代表": "不代表.{0,12}(?:立场|观点|平台)",
    "仅代表": "仅代表(?:作者|该作者)", "信息存储空间服务": "信息存储空间服务", "投稿邮箱": "投稿邮箱", "联系我们删除": "联系我们删除", "侵权": "侵权", "举报": "举报(?:电话|邮箱|受理)",
    "cookie": r"[Cc]ookies?\b", "privacy": "privacy", "datenschutz": "Datenschutz", "all rights reserved": "all rights reserved",
    "alle rechte": "[Aa]lle Rechte", "©": "©", "copyright": "[Cc]opyright", "正文已结束": "正文已结束", "加载中": "问题加载中",
    "无响应": "长时间无响应", "建议使用": "建议使用.{0,20}(?:浏览器|分辨率)", "最佳浏览": "最佳浏览", "信息网络传播": "信息网络传播",
    "文明上网": "文明上网", "自律公约": "自律公约", "还可输入": "还可输入", "javascript": "JavaScript", "繼續下滑": "請繼續下滑",
    "版权归": "版权归", "作者所有": "原作者所有", "权益归": "权益归.{0,20}所有",
    "未经": "未经.{0,10}(?:授权|许可)[,，]?不得转载", "查看更多": "点击.{0,6}查看更多",
}  # fmt: skip
_NOTICES = {
    "未经": "未经.{0,14}(?:授权|许可|允许|同意|書面)", "转载": "不得转载|禁止转载|请勿转载|转载请", "轉載": "轉載", "仅供参考": "仅供参考,",
    "本站": "本站(?:所有|郑重|部分|不)", "跟帖": "跟帖", "本文来自": "本文来自",
}  # fmt: skip
_SCAN = {"长按": "长按", "扫码": "扫码(?!会|能|就|真|为|背后|之|怎|难|付|支付|收)", "扫一扫": "扫一扫", "扫描": "扫描"}
_NOTICE = re.compile(
    f"(?P<sure>{'|'.join(_SURE_NOTICES.values())})|{'|'.join(_NOTICES.values())}"
    f"|^(?:请)?(?:用|使用|打开|通过)?(?:微信|手机)?(?:{'|'.join(_SCAN.values())})"
)
_FOOTERS = {
    "icp": "ICP[备備证證]", "copyright": "[Cc]opyright", "all rights reserved": "All [Rr]ights [Rr]eserved|all rights reserved",
    "alle rechte vorbehalten": "Alle Rechte vorbehalten",
} | {
    word: word
    for word in ("增值电信业务经营许可证", "信息网络传播视听节目许可证", "网安备", "标识码", "版权所有", "版權所有", "©", "互联网新闻信息")
}  # fmt: skip
_FOOTER = re.compile("|".join(_FOOTERS.values()))
_TELLING = re.compile("|".join(sorted({*_SHARE, "点击右上角", *_SCAN, *_SURE_NOTICES, *_NOTICES, *_FOOTERS})))
_NOTICE_HEAD = 24  # a notice says so at once; further on the words stand in the news too (举报电话 at an article's end)
LONGEST_NOTICE = 400  # characters; a longer line is none


def tells(lower: str) -> bool:
    """Return whether a line in small letters may be any of what the other functions ask for; if not, it is none."""
    return _TELLING.search(lower) is not None


def find_telling(lower: str) -> list[int]:
    """Return the places in a text of many lines in small letters of what makes `tells` true of their lines."""
    return [m.start() for m in _TELLING.finditer(lower)]


def is_share_tool(bare: str) -> bool:
    """Return whether a line in small letters offers to share the page, or to scan its code."""
    return _SHARE_TOOL.match(bare) is not None


def is_footer(view: str) -> bool:
    """Return whether a line holds what footers alone print: licences, rights."""
    return _FOOTER.search(view) is not None


def is_notice(view: str) -> bool:
    """Return whether a line is about the site, not about the news: rights, cookies, complaints."""
    m = _NOTICE.search(view)
    if m is None or len(view) >= LONGEST_NOTICE:
        return False
    return m.start() <= (_NOTICE_HEAD if m["sure"] else 4) or len(view) < (60 if m["sure"] else 30)

"""Pages made from small vocabularies of invented names, as hypothesis draws them."""

from dataclasses import dataclass
from datetime import datetime

from hypothesis import strategies as st

PLACES = ("青禾县", "雁鸣县", "望潮市", "河湾村", "北塬镇", "白榆乡")
SITES = ("青禾县人民政府", "雁鸣县新闻网", "望潮日报")
SOURCES = ("青禾县融媒体中心", "雁鸣日报", "云陵社", "望潮市农业农村局")
PEOPLE = ("张三", "李　娜", "欧阳澜", "阿依古丽·买买提江", "闻人静", "段思源")
DOINGS = (
    "举办秋粮测产观摩会",
    "新图书馆正式开馆",
    "开展夜间防汛演练",
    "启动老旧小区改造",
    "召开旱情会商会议",
    "种下三万株梨树苗",
)
# Sentences and not fragments: what makes an article is running text.
SENTENCES = (
    "天还没有亮，合作社的院子里就停满了拉粮食的三轮车，磅秤前排起了长队。",
    "技术员把每一块田的结果写在木板上，围着看的人一边念一边算自己家的账。",
    "去年这个时候，渠里的水只够浇一半的地，今年修好了闸门，水一直流到最远的田头。",
    "镇上的老人说，上一次看见这么多人站在河边，还是修大桥那一年的春天。",
    "工作人员逐户登记，把要办的事情分成当天能办、三天能办、要报县里办的三类。",
    "学校把操场借了出来，孩子们在黑板上画了一张路线图，谁家在哪里一看就明白。",
    "到了傍晚，最后一车也过完了秤，会计把本子合上，说明天还要再核对一遍。",
    "这项工作从五月开始，先后走了十二个村，记下了四百多条意见，已经办完三百条。",
)
FIRST, LAST = datetime(1998, 1, 1), datetime(2026, 1, 1)  # of times that a page prints: without a zone
CHROME = (
    "打印",
    "关闭",
    "网站地图",
    "无障碍",
    "登录",
    "注册",
    "返回顶部",
    "[大] [中] [小]",
    "分享到微信",
    "繁体",
    "长者模式",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A page and what it was made from."""

    title: str
    day: str  # ISO 8601, to the minute
    source: str
    editor: str
    paragraphs: tuple[str, ...]
    site: str

    @property
    def head(self) -> list[str]:
        """Return the lines above the body."""
        return [
            f"{self.site}",
            "首页 > 新闻中心 > 县区动态",
            self.title,
            f"发布时间：{self.day.replace('T', ' ')}　来源：{self.source}",
        ]

    @property
    def tail(self) -> list[str]:
        """Return the lines below the body."""
        return [
            f"责任编辑：{self.editor}",
            "相关阅读",
            "去年此时的田间见闻",
            f"版权所有：{self.site}",
            "陇ICP备12345678号-1",
        ]

    def lines(self, body: list[str] | None = None) -> list[str]:
        """Return the lines of the page, with its paragraphs or with this body."""
        return [*self.head, *(self.paragraphs if body is None else body), *self.tail]


@st.composite
def pages(draw: st.DrawFn) -> Made:
    """Return a page: a headline, its label line, two to six different paragraphs, credits and a footer."""
    order = draw(st.permutations(SENTENCES))
    n = draw(st.integers(2, 4))
    paragraphs = tuple("　　" + "".join(order[2 * i : 2 * i + 2]) for i in range(n))
    moment = draw(st.datetimes(min_value=FIRST, max_value=LAST))
    return Made(
        draw(st.sampled_from(PLACES)) + draw(st.sampled_from(DOINGS)),
        moment.strftime("%Y-%m-%dT%H:%M"),
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from(PEOPLE)),
        paragraphs,
        draw(st.sampled_from(SITES)),
    )

"""Captures made from a seed: text of news pages of 6 to 8 KB, with exact and near reprints and the truth beside them.

python -m bench.pages FOLDER [--captures 10000] [--seed 1]
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

HAN = "".join(chr(0x4E00 + n * 7 % 20000) for n in range(2600))  # as many characters as a newspaper needs
COUNTIES = ["青禾", "雁鸣", "鹿鸣", "望潮", "霞岭", "云陵", "柳河", "石门", "东坪", "北塬", "南渡", "西流"]
NAMES = ["李娜", "江小鱼", "吴守田", "白玉堂", "司徒岚", "阿依古丽·买买提江", "孟达", "段思源", "上官云起", "丁一凡"]
MENU = [
    "首页",
    "政务公开",
    "新闻中心",
    "办事服务",
    "互动交流",
    "专题专栏",
    "走进{}",
    "数据开放",
    "无障碍浏览",
    "长者模式",
]
SOURCES = ["云陵社", "{}日报", "{}县融媒体中心", "云陵新闻网", "{}县人民政府办公室"]
SHARE_IN_FAMILIES = 0.24  # of all captures: reprints of one another
SHARE_OF_FORMS = 0.04  # of all captures: one form filled in again and again
FILLED = 25  # how often a form is filled in, on the average
BODY_CHARACTERS = 1030  # 3.1 KB


@dataclass(frozen=True, slots=True)
class Article:
    """A text and where it comes from: texts of one `family` were made from one another; "" for a text of its own."""

    title: str
    paragraphs: tuple[str, ...]
    family: str


class Maker:
    """Makes articles and pages. The same seed gives the same pages."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- a seed, no secret
        chosen = self._random.choice
        common = HAN[:700]
        self._words = [
            "".join(chosen(common if self._random.random() < 0.7 else HAN) for _ in range(chosen((1, 2, 2, 2, 3, 4))))
            for _ in range(18_000)
        ]
        self._weights = list(accumulate(1 / (n + 8) for n in range(len(self._words))))
        self._formulas = [self._sentence(30) for _ in range(300)]  # what officials always say
        self._form: list[str] = []
        self._n_forms = 0

    def articles(self, n: int) -> Iterator[Article]:
        """Yield n articles; members of a family are far from each other."""
        made: list[Article] = []
        while len(made) < n:
            dice = self._random.random()
            if dice < SHARE_IN_FAMILIES / 4:
                made += self._family(f"reprint-{len(made)}")
            elif dice < SHARE_IN_FAMILIES / 4 + SHARE_OF_FORMS:
                made.append(self._filled_form())
            else:
                made.append(self._article(""))
        del made[n:]
        self._random.shuffle(made)
        yield from made

    def page(self, article: Article) -> str:
        """Return a page as a browser shows it."""
        chosen = self._random.choice
        county = chosen(COUNTIES)
        date = f"202{chosen('01234')}-{self._random.randrange(1, 13):02}-{self._random.randrange(1, 29):02}"
        others = [self._headline() for _ in range(34)]
        lines = [f"{county}县人民政府门户网站", " | ".join(MENU).format(county)]
        lines += [word.format(county) for word in MENU] * 3
        lines += [f"当前位置：首页 > 新闻中心 > {county}要闻", "", article.title]
        source, hour = chosen(SOURCES).format(county), self._random.randrange(7, 22)
        minute, views = self._random.randrange(60), self._random.randrange(9000)
        lines.append(f"发布时间：{date} {hour:02}:{minute:02}　来源：{source}　浏览次数：{views}")
        lines += ["", *(f"　　{paragraph}" for paragraph in article.paragraphs), ""]
        lines += [f"责任编辑：{chosen(NAMES)}", "【打印】【关闭】", "相关阅读", *others, "友情链接"]
        lines += [f"{other}县人民政府" for other in COUNTIES]
        lines += [
            f"主办：{county}县人民政府办公室　版权所有：{county}县人民政府",
            f"云ICP备{self._random.randrange(10**7, 10**8)}号-1",
        ]
        return "\n".join(lines)

    def _sentence(self, n_words: int) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=n_words)
        for at in range(6, n_words - 3, self._random.choice((6, 7, 9))):
            words[at] += "，"
        return "".join(words) + "。"

    def _headline(self) -> str:
        return "".join(self._random.choices(self._words, cum_weights=self._weights, k=9))

    def _article(self, family: str) -> Article:
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < BODY_CHARACTERS:
            paragraph = self._sentence(self._random.randrange(14, 40)) + self._sentence(22)
            if self._random.random() < 0.25:
                paragraph += self._random.choice(self._formulas)
            paragraphs.append(paragraph)
        return Article(self._headline(), tuple(paragraphs), family)

    def _family(self, name: str) -> list[Article]:
        """Return a text and its reprints: some exact, some retitled, some cut or changed more and more."""
        first = self._article(name)
        family = [first]
        for _ in range(self._random.choice((1, 1, 2, 3, 3, 5, 8))):
            changed = list(first.paragraphs)
            for _ in range(self._random.choice((0, 0, 0, 1, 1, 2, 4))):
                self._change(changed)
            title = first.title if self._random.random() < 0.5 else self._headline()
            family.append(Article(title, tuple(changed), name))
        return family

    def _change(self, paragraphs: list[str]) -> None:
        at = self._random.randrange(len(paragraphs))
        match self._random.randrange(4):
            case 0 if len(paragraphs) > 3:
                del paragraphs[at]
            case 1:
                paragraphs.insert(at, self._sentence(self._random.randrange(10, 30)))
            case 2:
                paragraphs[0] = f"本网{self._random.choice(COUNTIES)}讯　{paragraphs[0]}"
            case _:
                text = paragraphs[at]
                cut = self._random.randrange(len(text) - 4)
                paragraphs[at] = text[:cut] + self._random.choice(self._words) + text[cut + 3 :]

    def _filled_form(self) -> Article:
        """Return a bulletin from a form: the same sentences with other numbers and another county's name."""
        if not self._form or self._random.random() < 1 / FILLED:
            self._form = [self._sentence(28) for _ in range(15)]
            self._n_forms += 1
        county = self._random.choice(COUNTIES)
        filled = [f"{county}县{text[:-1]}{self._random.randrange(10, 9999)}件。" for text in self._form]
        return Article(f"{county}县第{self._random.randrange(1, 400)}期通报", tuple(filled), f"form-{self._n_forms}")


def write_captures(folder: Path, n: int, seed: int) -> Path:
    """Return the folder with n pages in it and truth.jsonl: {"file", "family"}; made unless it is there already."""
    done = folder / "truth.jsonl"
    if done.exists() and sum(1 for _ in done.open(encoding="utf-8")) == n:
        return folder
    maker = Maker(seed)
    truth = []
    for number, article in enumerate(maker.articles(n)):
        path = folder / "pages" / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(maker.page(article), "utf-8")
        truth.append({"file": path.relative_to(folder).as_posix(), "family": article.family})
    done.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in truth), "utf-8")
    return folder


def main() -> None:
    """Write captures into a folder."""
    words = argparse.ArgumentParser(description="Write captures made from a seed, with the truth beside them.")
    words.add_argument("folder", type=Path)
    words.add_argument("--captures", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    told = words.parse_args()
    write_captures(told.folder, told.captures, told.seed)


if __name__ == "__main__":
    main()

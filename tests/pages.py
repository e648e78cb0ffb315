"""Pages to ingest, about invented places and people, and a clock that stands still."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from catalog.model.outcome import Outcome
from catalog.services.export import export_records
from catalog.services.ingest import ingest_paths
from catalog.services.inputs import IngestOptions
from catalog.services.ports import Ports
from catalog.store.open import open_reader

HARVEST = (
    "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情、算产量。",
    "　　观摩会上，农技站的技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上。",
)
LIBRARY = (
    "　　雁鸣县图书馆新馆12月3日开馆，设有少儿阅览区、地方文献室和二十四小时自助借阅点，首日接待读者一千余人。",
    "　　馆长介绍，地方文献室收有县志、族谱和老照片，读者凭身份证即可阅览，需要复制的可以在服务台登记。",
)


def page(
    *,
    title: str = "青禾县举办秋粮测产观摩会",
    published: str = "2024-10-08 09:30",
    source: str = "青禾县融媒体中心",
    views: int = 12,
    site: str = "青禾县人民政府",
    body: Sequence[str] = HARVEST,
    editor: str = "阿依古丽·买买提江",
) -> str:
    """Return the text that a browser shows of a county government's page."""
    return "\n".join([
        "首页 | 政务公开 | 新闻中心",
        "您现在的位置：首页 > 新闻中心 > 县区动态",
        "",
        title,
        f"发布时间：{published}　来源：{source}　浏览次数：{views}",
        "",
        *body,
        "",
        f"责任编辑：{editor}",
        "",
        f"主办：{site}办公室　版权所有：{site}",
        "陇ICP备12345678号-1",
    ])  # fmt: skip


def write_pages(folder: Path, pages: dict[str, str | bytes]) -> Path:
    """Return the folder, made, with these files in it."""
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def ports(who: str = "zhang.san") -> Ports:
    """Return ports with a clock that stands still."""
    return Ports(now=lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC), who=who)


def ingest(db: Path, paths: Iterable[str | Path], **options: Any) -> Outcome:  # noqa: ANN401 -- those of IngestOptions
    """Ingest with these options."""
    return ingest_paths(db, [str(path) for path in paths], IngestOptions(**options), ports())


def dump(db: Path) -> str:
    """Return the canonical dump."""
    stream = io.StringIO()
    with open_reader(db) as store:
        export_records(store, "dump", None, stream)
    return stream.getvalue()


def rows(db: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, as plain tuples."""
    with open_reader(db) as store:
        return [tuple(row) for row in store.connection.execute(sql, values)]

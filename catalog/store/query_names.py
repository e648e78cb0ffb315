"""The names of the query language: what each looks at, as SQL over `records r`. What people type is bound elsewhere."""

from dataclasses import dataclass, replace
from typing import Literal

from catalog.model.custom import Custom, CustomField, CustomType
from catalog.model.field import Confidence
from catalog.model.vocabulary import (
    AUTHOR_ROLES,
    BODY_ROLES,
    CONTACTS,
    COUNTERS,
    DATES,
    DOCUMENT,
    DOCUMENT_DATES,
    EDITOR_ROLES,
    FIELDS,
    IDENTIFIERS,
    KINDS,
    ROLES,
    SINGLE,
)

Kind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class Name:
    """`expression` is compared as `kind`; `{}` in `inside` is where the comparison goes, after `bound` values.

    What is not found there is found in `elsewhere`, an expression with what it stands inside. `choices` are all values
    there can be, if they are few.
    """

    kind: Kind
    expression: str
    inside: str = "{}"
    bound: tuple[str, ...] = ()
    elsewhere: tuple[str, str] | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_column(self) -> bool:
        """Return whether it is a column of `records` itself, by which they can be sorted."""
        return self.inside == "{}"


_AGENT = """r.id IN (SELECT said.record_id FROM (
    SELECT record_id, role, printed_name AS name FROM agent_roles
    UNION SELECT known.record_id, known.role, x.name
      FROM agent_aliases x JOIN agent_roles known ON known.agent_id = x.agent_id) AS said WHERE {where}{{}})"""
# A source is found by its other names too, once a cataloguer has said which they are.
_OTHER_SOURCE = ("x.name", "r.source IN (SELECT x.printed FROM source_aliases x WHERE {})")
# A value that a person rejected (or set aside with the whole name) is no value, unless a person said it.
STANDING = """f.retired_by IS NULL AND f.state IN ('stated', 'inferred')
      AND (f.asserted_by LIKE 'cataloguer:%' OR NOT EXISTS (
           SELECT 1 FROM fields said WHERE said.record_id = f.record_id AND said.name = f.name
              AND said.asserted_by LIKE 'cataloguer:%' AND said.retired_by IS NULL
              AND (said.value IS NULL OR said.value = f.value)))"""
# Of a name with one value only what is said with the most authority is one: by a person, by --set, by a page.
WINNING = """f.retired_by IS NULL AND f.state IN ('stated', 'inferred') AND NOT EXISTS (
           SELECT 1 FROM fields said WHERE said.record_id = f.record_id AND said.name = f.name
              AND said.retired_by IS NULL AND f.asserted_by NOT LIKE 'cataloguer:%'
              AND (said.asserted_by LIKE 'cataloguer:%'
                   OR (said.asserted_by LIKE 'set:%' AND f.asserted_by NOT LIKE 'set:%')))"""
_ASSERTED = "r.id IN (SELECT f.record_id FROM fields f WHERE f.name = ? AND {standing} AND {{}})"
_OBSERVED = """r.id IN (SELECT c.record_id FROM captures c JOIN observations o ON o.capture_id = c.id WHERE {})"""
# A tag is found by the words that lead to it in the controlled list.
_OTHER_TAG = """r.id IN (SELECT t.record_id FROM tag_terms k JOIN json_each(k.also) w JOIN tags t ON t.tag = k.tag
    WHERE {})"""


def _agents(*roles: str) -> Name:
    """Return the name for people or bodies in any of these roles; none given: in any role at all."""
    places = ", ".join("?" * len(roles))
    where = f"said.role IN ({places}) AND " if roles else ""
    return Name("text", "said.name", _AGENT.format(where=where), roles)


def _asserted(name: str) -> Name:
    return Name("text", "f.value", _ASSERTED.format(standing=WINNING if name in SINGLE else STANDING), (name,))


def own_names(custom: Custom) -> dict[str, Name]:
    """Return the names of fields of one's own, and their labels where these name nothing else."""
    own = {name: _own(field) for name, field in custom.items()}
    labelled = {field.label: own[name] for name, field in custom.items() if field.label not in ALL_NAMES}
    return labelled | own


def _own(field: CustomField) -> Name:
    is_list = field.type is CustomType.LIST
    kinds: dict[CustomType, Kind] = {CustomType.NUMBER: "number", CustomType.DATE: "date"}
    inside = _ASSERTED.format(standing=STANDING if is_list else WINNING)
    return Name(kinds.get(field.type, "text"), "f.value", inside, (field.name,))


_TEXTS = (
    "title", "subtitle", "summary", "source", "publisher", "site_name", "section", "language", "kind", "key",
    "confidence",
)  # fmt: skip


NAMES: dict[str, Name] = {
    "id": Name("number", "r.id"),
    **{name: Name("text", f"r.{name}") for name in _TEXTS},
    "source": Name("text", "r.source", elsewhere=_OTHER_SOURCE),
    "kind": Name("text", "r.kind", choices=KINDS),
    "confidence": Name("text", "r.confidence", choices=tuple(Confidence)),
    **{name: Name("date", f"r.{name}") for name in DATES},
    **{name: Name("number", f"r.{name}") for name in COUNTERS},
    **{role: _agents(role) for role in (*ROLES,)},
    "editor": _agents(*EDITOR_ROLES),
    "author": _agents(*AUTHOR_ROLES),
    "agent": _agents(),
    "organisation": _agents(*BODY_ROLES),
    **{name: _asserted(name) for name in (*IDENTIFIERS, *CONTACTS, *DOCUMENT, "kicker", "unlabelled_count")},
    **{name: replace(_asserted(name), kind="date") for name in DOCUMENT_DATES},
    "breadcrumb": Name("text", "b.value", "EXISTS (SELECT 1 FROM json_each(r.breadcrumb) b WHERE {})"),
    "tag": Name(
        "text", "t.tag", "r.id IN (SELECT t.record_id FROM tags t WHERE {})",
        elsewhere=("w.value", _OTHER_TAG),
    ),
    "body": Name("text", "b.text", "r.body_id IN (SELECT b.id FROM bodies b WHERE {})"),
    "body_sha256": Name("text", "b.sha256", "r.body_id IN (SELECT b.id FROM bodies b WHERE {})"),
    "characters": Name("number", "b.characters", "r.body_id IN (SELECT b.id FROM bodies b WHERE {})"),
    "repeats": Name("number", "r.body_repeats"),
    "reprints": Name(
        "number", "n.records",
        "r.body_id IN (SELECT g.body_id FROM (SELECT m.head_id, count(*) AS records"
        " FROM records x JOIN body_groups m ON m.body_id = x.body_id GROUP BY m.head_id) n"
        " JOIN body_groups g ON g.head_id = n.head_id WHERE {})",
    ),
    "captures": Name(
        "number", "n.captures",
        "r.id IN (SELECT n.record_id FROM"
        " (SELECT record_id, count(*) AS captures FROM captures GROUP BY record_id) n WHERE {})",
    ),
    "origin": Name("text", "o.origin", _OBSERVED),
    "url": Name("text", "o.url", _OBSERVED),
    "collector": Name("text", "o.collector", _OBSERVED),
    "captured": Name("date", "o.captured_at", _OBSERVED),
    "capture": Name("text", "c.sha256", "r.id IN (SELECT c.record_id FROM captures c WHERE {})"),
    "encoding": Name(
        "text", "d.encoding",
        "r.id IN (SELECT c.record_id FROM captures c JOIN readings d ON d.capture_id = c.id WHERE {})",
    ),
    "problem": Name(
        "text", "p.code",
        "r.id IN (SELECT c.record_id FROM captures c JOIN problems p ON p.capture_id = c.id WHERE {})",
    ),
    "said_by": Name(
        "text", "f.asserted_by",
        "r.id IN (SELECT f.record_id FROM fields f WHERE f.retired_by IS NULL AND {})",
    ),
}  # fmt: skip

# What people type for a name: short forms, and the labels that stand on the pages themselves.
ALIASES = {
    "site": "site_name", "lang": "language", "date": "published", "tags": "tag", "person": "agent", "agents": "agent",
    "editors": "editor", "authors": "author",
    "标题": "title", "副标题": "subtitle", "摘要": "summary", "来源": "source", "网站": "site_name", "栏目": "section",
    "发布时间": "published", "编辑": "editor", "责任编辑": "responsible_editor", "责编": "responsible_editor",
    "执行编辑": "executive_editor", "值班编辑": "duty_editor", "美术编辑": "art_editor", "主编": "chief_editor",
    "总编": "chief_editor", "作者": "author", "原作者": "original_author", "翻译": "translator", "编译": "compiler",
    "记者": "reporter", "通讯员": "correspondent", "摄影": "photographer", "校对": "proofreader", "审核": "reviewer",
    "审稿": "reviewer", "监制": "producer", "总监制": "executive_producer", "监审": "supervising_reviewer",
    "总监审": "chief_supervising_reviewer", "主办": "host_body", "主管": "supervising_body", "承办": "operator",
    "发布机构": "issuing_body", "发布者": "poster", "版权所有": "copyright_holder", "当前位置": "breadcrumb",
    "浏览": "views", "评论": "comments", "点赞": "likes", "分享": "shares", "标签": "tag", "正文": "body",
    "索引号": "index_number", "发文字号": "document_number", "成文日期": "document_date", "生成日期": "document_date",
    "生效日期": "effective_date",
    "失效日期": "expiry_date", "主题分类": "topic", "文种": "document_kind", "有效性": "validity",
    "公开方式": "disclosure", "ICP备案号": "icp", "公网安备": "public_security", "网站标识码": "site_code",
    "统一刊号": "print_number",
}  # fmt: skip

TEXTS_SEARCHED = ("title", "summary", "body")  # what the full-text index holds, and a word without a name looks at
RANKS = ("rank", "relevance")  # what is most about the words first: no names of fields, but something to sort by
# What is no column of records has an order too where a record has one of it.
ORDERS = {
    "characters": "(SELECT b.characters FROM bodies b WHERE b.id = r.body_id)",
    "captures": "(SELECT count(*) FROM captures c WHERE c.record_id = r.id)",
    "captured": "(SELECT max(o.captured_at) FROM captures c JOIN observations o ON o.capture_id = c.id"
    " WHERE c.record_id = r.id)",
}
SORTABLE = tuple(sorted((RANKS[0], *ORDERS, *(name for name, said in NAMES.items() if said.is_column))))
# Names whose value is itself a name: has:tag, missing:source, empty:author, conflict:host_body.
ABOUT_NAMES = ("has", "missing", "empty", "conflict")
ALL_NAMES = frozenset((*NAMES, *ALIASES, *ABOUT_NAMES, "saved", "sort", "script"))
# What a field of one's own cannot be called: it would mean two things in a query, a list or a table of records.
_OF_RECORDS = ("tags", "contact", "body_repeats", "custom", "fields", "problems", "conflicts", "schema", "id", "key")
RESERVED = frozenset((*ALL_NAMES, *FIELDS, *RANKS, *_OF_RECORDS, "editors", "authors", "snippet", "record"))

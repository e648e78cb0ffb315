import shlex
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.display.test_table import Screen
from tests.pages import dump, rows


def editor(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let $EDITOR be a Python script that has the text of the file as `text` and leaves it so."""
    code = (
        "import sys; from pathlib import Path; path = Path(sys.argv[1]); text = path.read_text('utf-8')\n"
        f"{script}\npath.write_text(text, 'utf-8')"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c {shlex.quote(code)}")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files that an editor gets lie where the test can look for them."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


def left(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "tmp").iterdir())


def record(run: Run, own: Path, id_: int = 1) -> dict[str, object]:
    return dict(run("show", str(id_), "--json", "--db", own).json)


def test_what_is_changed_in_the_editor_is_kept(
    run: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        monkeypatch,
        """
text = text.replace('青禾县融媒体中心', '雁鸣晚报').replace('views = 12', 'views = 0')
text = text.replace('# tags = []', 'tags = ["秋粮", "测产"]').replace('# published', 'published')
text = text.replace('responsible_editor = ["阿依古丽·买买提江"]', 'responsible_editor = ["李娜", "阿依古丽·买买提江"]')
text = ''.join(line for line in text.splitlines(True) if not line.startswith('breadcrumb'))""",
    )
    done = run("edit", "1", "-y", "-m", "by telephone", "--db", own)

    assert done.status == 0
    after = record(run, own)
    assert (after["source"], after["counters"], after["tags"], after["breadcrumb"]) == (
        "雁鸣晚报", {"views": 0}, ["秋粮", "测产"], [],
    )  # fmt: skip
    agents = [(a["name"], a["label"]) for a in after["agents"] if a["role"] == "responsible_editor"]  # type: ignore[attr-defined]
    assert agents == [("李娜", None), ("阿依古丽·买买提江", "责任编辑")]
    assert rows(own, "SELECT command, message, counts FROM change_sets ORDER BY id DESC LIMIT 1") == [
        ("edit", "by telephone", '{"records":1,"unchanged":0,"values":5}')
    ]
    assert left(tmp_path) == []


def test_an_edit_is_undone_exactly(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(own)
    editor(monkeypatch, "text = text.replace('12', '13').replace('青禾县', '雁鸣县')")
    run("edit", "1", "-y", "--db", own)
    assert dump(own) != before
    run("undo", "-y", "--db", own)

    assert dump(own) == before


@pytest.mark.parametrize("script", ["", "text = text.replace('#', '# ')", "text = text + '\\n\\n# mine\\n'"])
def test_a_form_that_says_the_same_changes_nothing(
    script: str, run: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, script)
    before = dump(own)
    for id_ in range(1, 5):
        done = run("edit", str(id_), "-y", "--json", "--db", own)
        assert (done.status, done.json["data"]["change_set"], done.json["data"]["changes"]) == (0, None, [])

    assert dump(own) == before
    assert left(tmp_path) == []


FAULTS = [
    ("text = text.replace('views = 12', 'views = \"many\"')", "views: views is a number"),
    ("text = text.replace('published = ', 'published = \"x\" #')", "published: published is ISO 8601"),
    ("text = text.replace('source = ', 'souce = ')", "souce: there is no field 'souce'; did you mean source?"),
    ("text = text.replace('title = ', 'title = [\"a\", \"b\"] #')", "title has one value, not 2"),
    ("text = text.replace('title = \"', 'title = ')", "character 9"),
    ("text = text.replace('title = ', 'title = true #')", "a value is a text"),
]


@pytest.mark.parametrize(("script", "why"), FAULTS)
def test_what_does_not_fit_is_told_with_its_line_and_the_file_is_kept(  # noqa: PLR0917
    script: str, why: str, run: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, script)
    before = dump(own)
    done = run("edit", "1", "-y", "--db", own)

    (kept,) = left(tmp_path)
    assert (done.status, done.out) == (2, "")
    assert why in done.err
    assert f"your text is kept in {kept}" in done.err
    number = int(done.err.split("line ")[1].split(",")[0])
    assert kept.read_text("utf-8").splitlines()[number - 1].startswith(("views", "published", "souce", "title"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert dump(own) == before


def test_a_key_inside_a_text_over_several_lines_is_no_line_of_a_fault(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, 'text = \'title = """\\nviews = 1\\n"""\\nviews = "x"\\n\'')

    assert "line 4, views" in run("edit", "1", "-y", "--db", own).err


def test_the_file_is_opened_again_on_request(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(
        monkeypatch,
        """
if 'views = 7' in text: text = text.replace('kind = 5', 'kind = "article"')
else: text = text.replace('views = 12', 'views = 7').replace('kind = "article"', 'kind = 5')""",
    )
    monkeypatch.setattr(sys, "stdin", Screen("y\ny\n"))
    done = run("edit", "1", "--db", own)

    assert done.status == 0
    assert "kind is one of" in done.err
    assert record(run, own)["counters"] == {"views": 7}


@pytest.mark.parametrize(("answers", "status"), [("n\n", 2), ("", 130)])
def test_whoever_does_not_want_to_keeps_the_catalogue_as_it_was(  # noqa: PLR0917
    answers: str, status: int, run: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(own)
    for script in ("text = text.replace('12', '13')", "text = text.replace('views = 12', 'views = []x')"):
        editor(monkeypatch, script)
        monkeypatch.setattr(sys, "stdin", Screen(answers))

        assert run("edit", "1", "--db", own).status == status
    assert dump(own) == before
    assert len(left(tmp_path)) == 2


def test_old_and_new_are_shown_before_it_asks(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, "text = text.replace('views = 12', 'views = 13')")
    monkeypatch.setattr(sys, "stdin", Screen("y\n"))

    assert "views\t12\t13" in run("edit", "1", "--db", own).err


def test_without_an_editor_or_a_terminal_it_is_2(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    assert "which editor" in (done := run("edit", "1", "-y", "--db", own)).err
    assert done.status == 2
    monkeypatch.setenv("EDITOR", "true")
    assert "without a terminal" in (done := run("edit", "1", "--db", own)).err
    assert done.status == 2


@pytest.mark.parametrize("command", ["no-such-editor", "false", "'open"])
def test_an_editor_that_fails_is_2(command: str, run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", command)
    done = run("edit", "1", "-y", "--db", own)

    assert done.status == 2
    assert "nothing was changed" in done.err


def test_visual_goes_before_editor(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "sed -i 's/views = 12/views = 1/'")
    monkeypatch.setenv("EDITOR", "sed -i 's/views = 12/views = 2/'")
    run("edit", "1", "-y", "--db", own)

    assert record(run, own)["counters"] == {"views": 1}


def test_any_text_comes_back_as_it_was(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("tag", "1", 'title=a"b\\c\x7f[x] # no remark', "+甲; 乙", "-y", "--db", own)
    editor(monkeypatch, "")

    assert run("edit", "1", "-y", "--json", "--db", own).json["data"]["changes"] == []

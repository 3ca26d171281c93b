"""README, CI and docs agree, links lead somewhere, and nothing names a machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]'"
    " && .venv/bin/python -m tests"
)
RUN_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt ."
    " && .venv/bin/peakwise compare holiday"
)
FOLDERS = (".ci", "benchmarks", "dashboard", "docs", "scenarios", "sim", "tests")
TEXT = {".cfg", ".csv", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml", ""}


def written() -> list[Path]:
    """Files of the repository, without what tools and the installation leave behind."""
    folders = [*(ROOT / name for name in FOLDERS if (ROOT / name).is_dir())]
    inside = [path for folder in folders for path in folder.rglob("*")]
    return sorted(
        path
        for path in [*ROOT.glob("*"), *inside]
        if path.is_file() and "__pycache__" not in path.parts
    )


def pages() -> list[Path]:
    return [path for path in written() if path.suffix == ".md"]


def test_readme_gives_both_commands_as_one_line_each() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert RUN_COMMAND in lines
    assert TEST_COMMAND in lines


def test_ci_runs_the_command_of_the_readme_word_for_word() -> None:
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    local = [target.split("#")[0] for target in targets if not re.match(r"https?://|#", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_page_of_the_docs_can_be_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    reached, waiting = set[Path](), [index]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in re.findall(r"\]\(([^)\s#]+\.md)", page.read_text(encoding="utf-8")):
            linked = (page.parent / target).resolve()
            if linked.is_relative_to(ROOT / "docs") and linked not in reached:
                waiting.append(linked)
    docs = {page for page in pages() if page.is_relative_to(ROOT / "docs")}
    assert sorted(docs - reached) == []


def test_nothing_names_a_machine_or_leaves_work_undone() -> None:
    folders = "|".join(("work", "root", "tmp", "home", "Users"))
    hosts = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js"))
    undone = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    forbidden = re.compile(
        rf"(?<![\w.~-])/(?:{folders})/|\b(?:{hosts})\.org\b|\.\./" + "shared"
        rf"|\b(?:{undone})\b|NotImplemented" + "Error"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in written()
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_no_file_of_the_program_is_longer_than_400_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in written()
        if path.suffix == ".py"
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_every_dependency_is_used_and_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[<>=~ ]", line)[0] for line in project["dependencies"]]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("-", ".")
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sim").rglob("*.py"))
    for name in names:
        assert f"\n{name.replace('-', '.')}==" in pins, f"{name} is not pinned"
        assert re.search(rf"^\s*(from|import) {re.escape(name)}\b", sources, re.MULTILINE), (
            f"{name} is not used"
        )

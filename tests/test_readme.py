"""The README and the pages it leads to say what is so: their commands are the ones that run, their links lead somewhere."""

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

import custlib
from custlib.cli import app

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "reports/README.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text):
    """The blocks of code of a page, in order: (language, code)."""
    return re.findall(r"^ *```(\w*)\n(.*?)\n *```$", text, re.MULTILINE | re.DOTALL)


def quoted(text):
    """What a page quotes of custlib within its sentences."""
    return re.findall(r"`(custlib [^`]+)`", text)


def shell(text):
    """Its blocks of shell code."""
    return [code for language, code in blocks(text) if language == "sh"]


def anchors(name):
    """The places in a page that a link can lead to, as GitHub names them."""
    titles = re.findall(r"^#+ (.+)$", read(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_ci_runs_the_commands_of_the_readme():
    script = read(".ci/run")
    install, test = shell(read("README.md"))[:2]
    for step in install.split(" && ")[:2]:
        assert step.replace("pip install", "pip install -q") in script
    assert test in script


def test_ci_runs_the_tests_of_the_extras_that_are_named():
    named = re.search(r"`(python -m pytest tests/test_spark\.py [^`]+)`", read("CONTRIBUTING.md"))[1].split()[3:]
    assert all((ROOT / path).is_file() for path in named)
    assert " ".join(named) in read(".ci/run")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-extras.lock"])
def test_a_lock_is_renewed_by_the_command_that_is_told(lock):
    written_by = read(lock).splitlines()[1].removeprefix("#    ")
    assert written_by in read("CONTRIBUTING.md").splitlines()


def test_the_readme_is_read_in_a_few_minutes():
    assert len(read("README.md").split()) <= 1200


def test_the_chinese_readme_has_the_same_commands_and_no_more_to_read():
    english, chinese = (read(name).replace(" --lang zh", "") for name in ("README.md", "README.zh.md"))
    assert blocks(chinese) == blocks(english)
    assert set(quoted(chinese)) == set(quoted(english))
    assert len(chinese) <= len(english)


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)]+)\)", read(page)):
        path, _, anchor = target.partition("#")
        if not path.startswith("https:"):
            file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
            assert file.is_file(), target
            assert not anchor or anchor in anchors(file.relative_to(ROOT)), target


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_of_custlib_are_there(page):
    known = get_command(app).commands
    told = shell(read(page)) + quoted(read(page))
    for name, rest in re.findall(r"\bcustlib ([a-z-]+)\b(.*)", "\n".join(told)):
        command = known[name]
        command = command.commands[rest.split()[0]] if hasattr(command, "commands") else command
        there = {text for option in command.params for text in option.opts}
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", rest.partition(" && ")[0])) <= there, (name, rest)


def test_what_the_readme_says_lies_somewhere_lies_there():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for place in re.findall(r"^\| `([^`]+)`", read("README.md").partition("## Your own data")[0], re.MULTILINE):
        assert place in tracked or place == "data/clean/", place


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page):
    for place in re.findall(r"`((?:custlib|tests|docs|data/reference|notebooks)/[\w./-]+)[`\s]", read(page)):
        assert "NN_" in place or (ROOT / place).exists(), place


def test_the_layers_of_the_architecture_are_those_that_are_tested():
    tree = ast.parse(read("tests/test_tree.py"))
    (held,) = (node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "LAYERS")
    told = re.findall(r"^\| \d+ \| (.+?) \|", read("docs/architecture.md"), re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", rooms)) for rooms in told] == ast.literal_eval(held)


def test_modules_and_functions_of_the_architecture_are_there():
    for name in set(re.findall(r"`([a-z_]+(?:\.\w+)+)`", read("docs/architecture.md"))):
        if not re.search(r"\.(csv|html|ipynb|md|parquet|pdf|py|toml|xlsx)$", name):
            assert resolved(name), name


def resolved(name):
    """Whether a dotted name is a module of custlib or something in it; `page.save` is of a Page."""
    first, *rest = name.split(".")
    if first == "page" and hasattr(custlib.page.Page, rest[0]):
        return True
    found = importlib.import_module(f"custlib.{first}")
    for part in rest:
        if not hasattr(found, part):
            importlib.import_module(f"{found.__name__}.{part}")
        found = getattr(found, part)
    return True

"""The README says what is so: its commands are the ones that run."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_commands_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    install, test = re.findall(r"```sh\n(.+)\n```", README)[:2]
    for step in install.split(" && ")[:2]:
        assert step.replace("pip install", "pip install -q") in script
    assert test in script


def test_the_lock_is_renewed_by_the_command_in_the_readme():
    written_by = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()[1].removeprefix("#    ")
    assert written_by in README


def test_links_and_pictures_of_the_readme_are_there():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).is_file(), target

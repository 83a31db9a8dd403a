"""The installer and the pages around the code say what is true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = [*sorted((ROOT / "installer").glob("*.sh")), ROOT / ".ci" / "run"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = (ROOT / "installer" / "constraints.txt").read_text("utf-8")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, cwd=ROOT
    )


def step(name: str, programs: Path) -> subprocess.CompletedProcess[str]:
    """Run one step of the installer with some programs replaced."""
    parts = "words environment"
    script = f'ROOT={ROOT}; for p in {parts}; do source "$ROOT/installer/$p.sh"; done; {name}'
    return run("env", f"PATH={programs}:/usr/bin:/bin", "bash", "-c", script)


def names(lines: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", line)[0].lower().replace("_", "-") for line in lines}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_valid_bash(script):
    assert run("bash", "-n", script).stderr == ""


def test_shellcheck_finds_nothing_in_the_scripts():
    shellcheck = shutil.which("shellcheck", path=Path(sys.executable).parent) or shutil.which(
        "shellcheck"
    )
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    assert run(shellcheck, "-x", *SCRIPTS).stdout == ""


@pytest.mark.parametrize("script", ["run.sh", "test.sh"])
def test_help_is_given_without_installing_anything(script):
    done = run("bash", ROOT / "installer" / script, "--help")
    assert done.returncode == 0
    assert f"bash installer/{script}" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--window"], 2, "Stopped: there is no option --window; see --help."),
        (["--out"], 2, "Stopped: --out needs a folder."),
        (["/no/such/place"], 3, "Stopped: there is nothing at /no/such/place."),
    ],
)
def test_a_wrong_wish_stops_with_one_sentence(arguments, code, sentence):
    done = run("bash", ROOT / "installer" / "run.sh", *arguments)
    assert (done.returncode, done.stderr.strip()) == (code, sentence)


def test_an_old_python_is_refused_with_a_sentence(tmp_path):
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        old = tmp_path / name
        old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
        old.chmod(0o755)
    done = step("need_python", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Stopped: Skiagram needs Python 3.11 or newer, and this is Python 3.9"
    )


def test_a_full_disk_is_refused_with_a_sentence(tmp_path):
    df = tmp_path / "df"
    df.write_text("#!/bin/sh\necho head\necho disk 9 8 204800 99% /\n")
    df.chmod(0o755)
    done = step("need_disk", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Stopped: the installation needs 6 GB of free disk, and only 200 MB"
    )


def test_everything_the_project_asks_for_is_pinned():
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    pinned = names([line for line in PINS.splitlines() if not line.startswith("#")])
    assert names(PROJECT["dependencies"] + extras) <= pinned


def test_the_pins_are_versions_alone():
    lines = [line for line in PINS.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.!]*", line) for line in lines)


def test_every_direct_dependency_is_justified_with_its_licence():
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    justified = {
        row.split("|")[1].strip().lower() for row in page.splitlines() if row.startswith("| ")
    }
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    assert names(PROJECT["dependencies"] + extras) <= justified


def test_everything_that_is_imported_is_asked_for():
    theirs = metadata.packages_distributions()
    lines = [
        line for file in (ROOT / "viewer").rglob("*.py") for line in file.read_text().splitlines()
    ]
    modules = {
        found[1] for line in lines if (found := re.match(r" *(?:from|import) ([a-zA-Z]\w*)", line))
    }
    used = {name.lower() for module in modules for name in theirs.get(module, [])[:1]}
    used = {name.replace("_", "-") for name in used} - {"skiagram"}
    assert used <= names(PROJECT["dependencies"])


def test_every_page_the_readme_names_is_there():
    page = (ROOT / "README.md").read_text("utf-8")
    linked = [
        link for link in re.findall(r"\]\(([^)#]+)\)", page) if not link.startswith("docs/pictures")
    ]
    assert [link for link in linked if not (ROOT / link).is_file()] == []


def settled(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run a test as the installer does, once more if it failed."""
    (folder / "tests").mkdir()
    (folder / "tests" / "test_one.py").write_text(test, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    parts = 'for p in words halves; do source "$0/installer/$p.sh"; done'
    script = f'{parts}; cd "$ROOT"; half h tests; settled h $?'
    places = f"ROOT={folder}", f"VENV={Path(sys.executable).parents[1]}"
    return run("env", *places, "bash", "-c", script, ROOT)


def test_a_test_that_fails_twice_fails(tmp_path):
    done = settled(tmp_path, "def test_it():\n    assert False\n")
    assert done.returncode == 1
    assert "UNSTEADY" not in done.stdout


def test_a_test_that_fails_once_is_named_as_unsteady(tmp_path):
    once = (
        "from pathlib import Path\n\ndef test_it():\n    f = Path('seen')\n    was = f.exists()\n"
    )
    done = settled(tmp_path, once + "    f.touch()\n    assert was\n")
    assert done.returncode == 0
    assert re.search(r"UNSTEADY.*\n.*test_one.py::test_it", done.stdout)


def test_many_failures_are_not_tried_again(tmp_path):
    once = "from pathlib import Path\nimport pytest\n\n@pytest.mark.parametrize('n', 'abc')\n"
    body = "def test_it(n):\n    f = Path(n)\n    was = f.exists()\n    f.touch()\n    assert was\n"
    done = settled(tmp_path, once + body)
    assert done.returncode == 1
    assert "Once more" not in done.stdout

"""Print the exact version of every package that Skiagram needs, as found in this environment.

Run it with a Python in which everything is installed and works, to renew the pins:

    .venv/bin/python installer/lock.py > installer/constraints.txt
"""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def wanted(pyproject: Path) -> list[Requirement]:
    """Return what the project asks for itself: to run, to be tested and to be built."""
    told = tomllib.loads(pyproject.read_text("utf-8"))
    project = told["project"]
    lines = [*project["dependencies"], *told["build-system"]["requires"], "editables"]
    for extra in project["optional-dependencies"].values():
        lines += extra
    return [Requirement(line) for line in lines]


def needed_by(requirement: Requirement) -> list[Requirement]:
    """Return what an installed package asks for on this computer."""
    told = metadata.requires(requirement.name) or []
    extras = [*requirement.extras, ""]
    return [
        further
        for further in map(Requirement, told)
        if further.marker is None or any(further.marker.evaluate({"extra": e}) for e in extras)
    ]


def pins(start: list[Requirement]) -> dict[str, str]:
    """Follow the requirements to their end; give the public version of each package."""
    found: dict[str, str] = {}
    ahead = list(start)
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        known = name in found
        found[name] = Version(metadata.version(name)).public
        if not known or requirement.extras:
            ahead += [further for further in needed_by(requirement) if further.name not in found]
    return found


if __name__ == "__main__":
    print("# Made by installer/lock.py; do not edit by hand.")
    for name, version in sorted(pins(wanted(PYPROJECT)).items()):
        print(f"{name}=={version}")

"""How much memory there is, as the kernel tells it."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from viewer.core import memory
from viewer.core.memory import available_bytes, granted_bytes, in_words

MB = 1 << 20


def group(folder: Path, names: tuple[str, str, str], limit: str, used: int, droppable: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / names[0]).write_text(limit)
    (folder / names[1]).write_text(str(used))
    (folder / "memory.stat").write_text(f"anon 5\n{names[2]} {droppable}\n")


V2 = ("memory.max", "memory.current", "inactive_file")
V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


@pytest.mark.parametrize(
    ("names", "line", "root"), [(V2, "0::/a/b\n", ""), (V1, "4:memory:/a/b\n", "memory")]
)
def test_the_limits_of_all_groups_around_us_count(tmp_path, names, line, root):
    membership = tmp_path / "cgroup"
    membership.write_text(f"9:name=systemd:/\n{line}")
    group(tmp_path / root / "a" / "b", names, str(900 * MB), 500 * MB, 100 * MB)
    group(tmp_path / root / "a", names, str(600 * MB), 550 * MB, 0)
    assert granted_bytes(membership, tmp_path) == [500 * MB, 50 * MB]


def test_a_group_without_a_limit_grants_all(tmp_path):
    membership = tmp_path / "cgroup"
    membership.write_text("0::/a\n")
    group(tmp_path / "a", V2, "max", 500 * MB, 0)
    assert granted_bytes(membership, tmp_path) == []


def test_without_groups_the_computer_alone_counts(tmp_path):
    assert granted_bytes(tmp_path / "none", tmp_path) == []
    assert 0 < available_bytes() <= psutil.virtual_memory().total


def test_bytes_are_said_as_a_person_says_them():
    assert in_words(3 << 29) == "1.5 GB"
    assert in_words(300 * MB) == "300 MB"


def test_the_high_mark_of_a_group_counts_too(tmp_path):
    membership = tmp_path / "cgroup"
    membership.write_text("0::/a\n")
    group(tmp_path / "a", V2, "max", 500 * MB, 0)
    (tmp_path / "a" / "memory.high").write_text(str(700 * MB))
    assert granted_bytes(membership, tmp_path) == [200 * MB]


def test_a_user_may_grant_less_than_there_is(monkeypatch):
    held = psutil.Process().memory_info()
    own_mb = (held.rss - held.shared) / MB
    monkeypatch.setenv("SKIAGRAM_MEMORY_MB", str(int(own_mb) + 100))
    assert 50 * MB < available_bytes() < 150 * MB
    monkeypatch.setenv("SKIAGRAM_MEMORY_MB", "1")
    assert available_bytes() == 0


def test_a_grant_that_is_no_number_is_no_limit(monkeypatch):
    monkeypatch.setenv("SKIAGRAM_MEMORY_MB", "much")
    assert available_bytes() > 150 * MB


@pytest.mark.skipif(memory.resource is None, reason="there are no such limits there")
@pytest.mark.parametrize("name", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_a_limit_set_by_the_shell_counts(name, monkeypatch):
    held = psutil.Process().memory_info()
    used = held.vms if name == "RLIMIT_AS" else held.data

    def limit(which):
        infinite = memory.resource.RLIM_INFINITY
        return (used + 300 * MB if which == getattr(memory.resource, name) else infinite, 0)

    monkeypatch.setattr(memory.resource, "getrlimit", limit)
    assert 200 * MB < available_bytes() < 400 * MB

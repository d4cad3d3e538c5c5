"""dev.py in a project of its own, and without the programs it starts."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

import dev


class Programs:
    """Stands in for subprocess.run: keeps the command lines, and ends with `code`, or as `codes` says by a part."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.code = 0
        self.codes: dict[str, int] = {}

    def __call__(self, command: list[Any], **options: Any) -> subprocess.CompletedProcess[str]:
        line = " ".join(map(str, command))
        self.started.append(line)
        if "venv" in map(str, command):
            dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            dev.PYTHON.touch()
        code = next((code for part, code in self.codes.items() if part in line), self.code)
        return subprocess.CompletedProcess(command, code)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two empty lock files, whose environment consists of an interpreter."""
    venv = tmp_path / ".venv"
    locks = {"run": tmp_path / "requirements.txt", "test": tmp_path / "tests" / "requirements.txt"}
    for lock in locks.values():
        lock.parent.mkdir(exist_ok=True)
        lock.write_text("")
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "ready.json",
        "LOCKS": locks,
    }.items():
        monkeypatch.setattr(dev, name, value)
    for name in ("CI", "DATABASE_URL", "MSGOV_DATA_DIR", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def programs(project: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """The command lines that dev.py starts, instead of starting them; of all installers there is uv alone."""
    found = Programs()
    monkeypatch.setattr(dev.subprocess, "run", found)
    monkeypatch.setattr(dev.shutil, "which", lambda name: "uv" if name == "uv" else None)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: True if name == "venv" else None)
    return found

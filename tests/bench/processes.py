"""CPU time and memory of a running server, from /proc (Linux)."""

from pathlib import Path

PROC = Path("/proc")


def children(pid: int) -> list[int]:
    """The child processes."""
    return [
        int(child) for task in (PROC / str(pid) / "task").iterdir() for child in (task / "children").read_text().split()
    ]


def tree(pid: int) -> list[int]:
    """The process and all below it."""
    return [pid, *(below for child in children(pid) for below in tree(child))]


def cpu_seconds(pids: list[int]) -> float:
    """User and system time spent so far, to the nanosecond: the clock ticks of /proc/…/stat are 10 ms."""
    return (
        sum(
            int((task / "schedstat").read_text().split()[0])
            for pid in pids
            for task in (PROC / str(pid) / "task").iterdir()
        )
        / 1e9
    )


def waited_for(pid: int) -> float:
    """CPU seconds of the children of a process that have ended."""
    values = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(values[13]) + int(values[14])) / 100


def memory(pid: int) -> dict[str, float]:
    """Resident and proportional size in MiB: the second counts a shared page by how many share it."""
    found = {}
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("Rss", "Pss"):
            found[name.lower()] = int(value.split()[0]) / 1024
    return found


def peak(pid: int) -> float:
    """The most memory the process ever held, in MiB."""
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def has_loaded(pid: int, library: str) -> bool:
    """Whether a shared library is part of the process."""
    return library in (PROC / str(pid) / "maps").read_text()

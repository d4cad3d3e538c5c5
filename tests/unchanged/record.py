"""Records a whole site: makes it, lets people use it, then writes everything down in several processes at once."""

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.unchanged import world
from tests.unchanged.recording import Recording

PASSWORD = "unchanged-demo"


def record(folder: Path) -> None:
    """Write a recording into a folder that is empty or not there yet."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty.")
    with tempfile.TemporaryDirectory(prefix="msgov-unchanged-") as temporary:
        site = Path(temporary) / "site"
        site.mkdir()
        world.start(site)
        _record(Recording(folder), site)


def _record(recording: Recording, site: Path) -> None:
    """Build the site and hand a copy of it to each part. Django is ready only now, so what uses it is imported here."""
    from django.db import connections  # noqa: PLC0415

    from tests.unchanged.parts import PARTS  # noqa: PLC0415
    from tests.unchanged.people import everybody  # noqa: PLC0415
    from tests.unchanged.scenario import Scenario, run_scenario  # noqa: PLC0415

    recording.write("commands/first prepare.txt", world.command("prepare"))
    printed = world.command("seed_demo", force=True, password=PASSWORD)
    recording.write("commands/first seed_demo.txt", printed)
    scenario = Scenario(recording, everybody())
    run_scenario(scenario)
    recording.name_codes(world.codes())
    connections.close_all()
    run = {name: partial(_part, site, name, part, scenario) for name, part in PARTS.items()}
    _at_once(run)


def _part(site: Path, name: str, part: Callable[..., None], scenario: Any) -> None:
    """Do a part with a site of its own. In a process of its own: what it changes there, others do not see."""
    from django.db import connection  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415

    own = site.parent / name
    shutil.copytree(site, own)
    connection.settings_dict["NAME"] = str(own / "msgov.sqlite3")
    override_settings(MEDIA_ROOT=own / "media").enable()
    part(scenario, own)
    scenario.recording.write_assets(f"assets/{name}.txt")


def _at_once(run: Mapping[str, Callable[[], None]]) -> None:
    """Run functions in processes that start as copies of this one. Raises SystemExit if one of them fails."""
    fork = multiprocessing.get_context("fork")
    processes = {name: fork.Process(target=function, name=name) for name, function in run.items()}
    for process in processes.values():
        process.start()
    for process in processes.values():
        process.join()
    if failed := [name for name, process in processes.items() if process.exitcode]:
        raise SystemExit(f"Failed: {', '.join(failed)}. What is recorded so far is no use.")

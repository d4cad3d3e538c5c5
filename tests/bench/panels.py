"""What a stakeholder panel takes: `python -m tests.inside tests.bench.panels CALL ARGUMENTS…` prepares and measures.

`closing N`: seconds and queries of closing a wave with N responses of six groups. `listing N`: the same of what
organisers do with N people in three languages. `prepare N`: an open wave with N personal links. `outcome CODE`: what
came in, and that it can be closed. `respond` drives a server from outside.
"""

import hashlib
import random
import re
import secrets
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from tests.serving import Reply, Server, Visitor

GROUPS = ("Government", "Business", "Civil society", "Technical community", "Academia", "Youth")
LANGUAGES = ("en", "fr", "ar")
AT_ONCE = 16
INPUT = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def main(call: str, *arguments: str) -> Any:
    """Prepare or measure, inside a process with Django ready."""
    return {"closing": closing, "listing": listing, "prepare": prepare, "outcome": outcome}[call](*arguments)


def closing(responses: str) -> dict[str, Any]:
    """Fill the ballot boxes of a wave and close it."""
    from assessments.models.panel_stores import PanelLink  # noqa: PLC0415 (Django is ready only inside)
    from assessments.panels.services.closing import close_and_freeze  # noqa: PLC0415
    from attributes.catalogue.published import catalogue_of  # noqa: PLC0415
    from tests.builders import panels  # noqa: PLC0415

    wave = _wave()
    asked = [item for item in catalogue_of(wave.assessment.question_set).items.values() if item.scored]
    chance = random.Random(1)  # noqa: S311 - no secret
    share = int(responses) // len(GROUPS)
    for name in GROUPS:
        questionnaires = [{item.code: _answer(chance, item) for item in asked} for _ in range(share)]
        panels.put(wave, name, questionnaires, comments=["A comment of some length. " * 5] * (share // 5))
        group = wave.groups.get(name=name)
        PanelLink.objects.bulk_create(
            [PanelLink(group=group, token_hash=secrets.token_hex(32), is_used=True) for _ in range(share)],
            batch_size=500,
        )
    taken, snapshot = _timed(lambda: close_and_freeze(wave=wave))
    assert snapshot is not None
    return {"responses": share * len(GROUPS), **taken}


def _timed(act: Callable[[], Any]) -> tuple[dict[str, Any], Any]:
    """What doing something takes, and what it returns."""
    from django.db import connection  # noqa: PLC0415 (Django is ready only inside)

    queries = [0]

    def count(execute: Any, *arguments: Any) -> Any:
        queries[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        began, cpu = time.perf_counter(), time.process_time()
        result = act()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "queries": queries[0]}, result


def listing(people: str) -> dict[str, Any]:
    """Look at a list of people in three languages, store it, and draw the pages of its links and counts."""
    from django.conf import settings  # noqa: PLC0415 (Django is ready only inside)
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from assessments.models import Wave, WaveGroup  # noqa: PLC0415
    from assessments.panels.services.people import sorted_people, store_people  # noqa: PLC0415
    from tests.builders import panels, user  # noqa: PLC0415

    organiser = user(f"{secrets.token_hex(8)}@example.org")
    wave = panels.prepared(organiser, names=GROUPS)
    Wave.objects.filter(pk=wave.pk).update(languages=list(LANGUAGES))
    wave.refresh_from_db()
    text = "\n".join(
        f"p{n}@example.org, {GROUPS[n % len(GROUPS)]}, {LANGUAGES[n % len(LANGUAGES)]}" for n in range(int(people))
    )
    found = {}
    found["look"], _sorted = _timed(lambda: sorted_people(wave, text))
    found["store"], stored = _timed(lambda: store_people(wave=wave, user=organiser, text=text, root="https://x.org/"))
    assert stored.number == int(people)
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(organiser)
    group = WaveGroup.objects.filter(wave=wave).first()
    assert group is not None
    code = wave.assessment.code
    pages = {
        "page_of_links": reverse("assessments:panel-links", args=[code, group.pk]),
        "page_of_counts": reverse("assessments:panel", args=[code]),
    }
    for name, address in pages.items():
        client.get(address)
        found[name], answer = _timed(partial(client.get, address))
        assert answer.status_code == 200, answer
    return {"people": int(people), **found}


def _answer(chance: random.Random, item: Any) -> Any:
    if chance.random() < 0.05:
        return "dont_know"
    if not item.states:
        return chance.randrange(len(item.anchors))
    keys = [option.key for option in item.options] or [""]
    return {key: chance.choice(item.states).key for key in keys}


def _wave() -> Any:
    from tests.builders import panels, user  # noqa: PLC0415 (Django is ready only inside)

    # Not the next of a series: each call has a process of its own.
    return panels.open_wave(GROUPS, organiser=user(f"{secrets.token_hex(8)}@example.org"))


def prepare(respondents: str) -> dict[str, Any]:
    """Open a wave, and return the tokens of its personal links."""
    from assessments.models.panel_stores import PanelLink  # noqa: PLC0415 (Django is ready only inside)

    wave = _wave()
    wave.groups.update(cap=None)
    groups = list(wave.groups.all())
    tokens = [secrets.token_urlsafe(32) for _ in range(int(respondents))]
    PanelLink.objects.bulk_create(
        [
            PanelLink(group=groups[at % len(groups)], token_hash=hashlib.sha256(token.encode()).hexdigest())
            for at, token in enumerate(tokens)
        ],
        batch_size=500,
    )
    return {"wave": wave.code, "tokens": tokens}


def outcome(code: str) -> dict[str, Any]:
    """How many questionnaires arrived, in counts and in ballot boxes, and what is left unfinished."""
    from assessments.models.panel import Wave  # noqa: PLC0415 (Django is ready only inside)
    from assessments.models.panel_stores import BallotBox, UnfinishedQuestionnaire  # noqa: PLC0415 (Django is ready only inside)
    from assessments.panels.services.closing import close_and_freeze  # noqa: PLC0415

    wave = Wave.objects.get(code=code)
    in_ballot_boxes = sum(
        len(ballot_box.content) for ballot_box in BallotBox.objects.filter(group__wave=wave, holds="answers")
    )
    counted = sum(group.received for group in wave.groups.all())
    unfinished = UnfinishedQuestionnaire.objects.filter(link__group__wave=wave).count()
    snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    return {
        "received": counted,
        "in_ballot_boxes": in_ballot_boxes,
        "unfinished": unfinished,
        "frozen": snapshot.document["received"],
    }


def respond(server: Server, tokens: Iterable[str]) -> dict[str, Any]:
    """Let everybody answer everything over HTTP, AT_ONCE at a time, as quickly as the server can."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for token in tokens:
        waiting.put(token)
    number = waiting.qsize()
    times: list[float] = []
    problems: list[str] = []

    def work() -> None:
        while True:
            try:
                token = waiting.get_nowait()
            except Empty:
                return
            visitor = Visitor(server.port)
            try:
                times.extend(_answer_all(visitor, token))
            except Exception as error:
                problems.append(f"{type(error).__name__}: {error}")
            finally:
                visitor.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    ordered = sorted(times)
    return {
        "respondents": number,
        "seconds": round(seconds, 1),
        "per_second": round(number / seconds, 2),
        "requests": len(times),
        "median_ms": round(1000 * statistics.median(ordered), 1) if ordered else None,
        "p95_ms": round(1000 * ordered[int(len(ordered) * 0.95)], 1) if ordered else None,
        "problems": problems[:5],
        "failed": len(problems),
    }


def _answer_all(visitor: Visitor, token: str) -> list[float]:
    """One person from the link to the receipt, page by page as a browser without JavaScript."""
    times: list[float] = []

    def reply(found: Reply) -> Reply:
        times.append(found.seconds)
        if found.status >= 400:
            raise RuntimeError(f"{found.status} {re.sub('<[^>]+>', ' ', found.text)[:200]}")
        return found

    def follow(found: Reply) -> tuple[str, Reply]:
        address = reply(found).headers["Location"]
        return address, reply(visitor.get(address))

    here = f"/r/{token}/"
    page = reply(visitor.get(here))
    for _ in range(60):
        fields = _fields(page.text)
        here = "/r/finish/" if here == "/r/check/" else here
        here, page = follow(visitor.post(here, fields))
        if here == "/r/receipt/":
            return times
    raise RuntimeError(f"never got to the receipt, last at {here}")


def _fields(html: str) -> dict[str, str]:
    """What a browser would send of the page's form, with one choice made in each row of radio buttons."""
    found: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    for tag in INPUT.findall(html):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        name, kind = attributes.get("name"), attributes.get("type")
        if not name:
            continue
        if kind == "hidden":
            found[name] = attributes.get("value", "")
        elif kind == "radio":
            choices.setdefault(name, []).append(attributes.get("value", ""))
    return found | {name: random.choice([value for value in values if value]) for name, values in choices.items()}  # noqa: S311


def measure(variables: dict[str, str], folder: Path, *, responses: int, respondents: int) -> dict[str, Any]:
    """Both figures, on a database that `variables` name."""
    from tests.serving import call_inside  # noqa: PLC0415

    found: dict[str, Any] = {"closing": call_inside(variables, "tests.bench.panels", "closing", responses)}
    found["listing"] = call_inside(variables, "tests.bench.panels", "listing", respondents)
    made = call_inside(variables, "tests.bench.panels", "prepare", respondents)
    with Server(variables, folder / "server-panels.log") as server:
        server.wait()
        found["answering"] = respond(server, made["tokens"])
    found["answering"] |= call_inside(variables, "tests.bench.panels", "outcome", made["wave"])
    return found

"""Whatever a respondent reads was written by us as words of their language, or says in which language it is.

All words are set in marks, as those of a language that an administrator wrote would be. What stands outside of marks on
a page in Arabic is then a question, a name or a number; a word of ours that nobody can translate would stand out.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import Client
from django.utils import timezone

from assessments import visitor_limits
from assessments.models import PanelLink, Wave, WordingLanguage
from assessments.panels.mailing import writer_for, written
from assessments.panels.services.closing import close_and_freeze
from assessments.paper.drawing import WAIT, PaperBusy
from assessments.vocabulary import GroupMode, MailKind, WaveState
from assessments.wording.services import confirm_words
from assessments.wording.shipped import shipped
from msgov.accounts.models import AuditEvent, User
from tests.builders.arabic import QUESTION, arabic_wave
from tests.builders.respondents import come_in, fill, new_link
from tests.forms_in_pages import ParsedPage
from tests.languages.marking import NONE, UNKNOWN, VOID
from tests.rooms import ROOT

ARABIC = {"headers": {"accept-language": "ar"}}
READ_OUT = ("aria-label", "alt", "title", "placeholder", "data-done", "data-failed")
# Of the organiser, in Arabic; and what Django says of an empty field.
DATA = re.compile(
    r"منتدى الوادي|يسأل المجلس|المجلس|الحكومة|الأعمال|هذا الحقل مطلوب|العربيّة|msgov|\d+ ديسمبر 2026|" + QUESTION
)


class _Words(HTMLParser):
    """The words of a page that are in its own language, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        language = own.get("lang")
        inherited = self.open[-1][1] if self.open else ""
        language = inherited if language is None else language or UNKNOWN
        language = NONE if own.get("translate") == "no" else language
        self.attributes += [own[name] or "" for name in READ_OUT if name in own]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1] if self.open else ("", "")
        if language == "ar" and tag not in {"script", "style", "textarea"}:
            self.words.append(data)


def unsaid(text: str) -> str:
    """What of a text stands outside of marks and is no data: its letters."""
    depth, found = 0, ""
    for sign in DATA.sub("", text):
        depth += (sign == "⟦") - (sign == "⟧")
        if depth == 0 and sign != "⟧":
            found += sign
    return " ".join(re.findall(r"[^\W\d_]{2,}", found))


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    def build() -> int:
        texts = {key: f"⟦{text}⟧" for key, text in shipped("ar").items()}
        WordingLanguage.objects.create(code="ar", texts=texts)
        return arabic_wave().pk

    return build_once(build)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    """One to be answered in Arabic, all words of which are in marks."""
    return Wave.objects.get(pk=wave_key)


def check(answer: HttpResponse, status: int = 200) -> str:
    """That a page is in Arabic, and all of it is said or marked."""
    assert answer.status_code == status
    page = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    parser = _Words()
    parser.feed(page)
    assert [unsaid(text) for text in ("".join(parser.words), *parser.attributes) if unsaid(text)] == []
    # Every button that stands beside its form belongs to one: those of languages do.
    assert set(re.findall(r'<button[^>]* form="([^"]*)"', page)) <= set(re.findall(r'<form[^>]* id="([^"]*)"', page))
    # Nor is anything of another language put into words of this one.
    assert re.findall(r"[A-Za-z][\w .]+", "".join(parser.words).replace("msgov", "")) == []
    return page


def arabic(wave: Wave, group: str = "Government") -> Client:
    """A respondent who came in with a browser that likes Arabic."""
    client = Client(**ARABIC)
    return come_in(new_link(wave, group), client)


def test_from_the_link_to_the_receipt(wave: Wave) -> None:
    token, client = new_link(wave, email="ana@example.org", sent_on=timezone.localdate()), Client(**ARABIC)
    assert "⟦" in check(client.get(f"/r/{token}/"))
    come_in(token, client)
    for address in ("/r/", "/r/check/", "/r/copy/", "/r/pause/", "/r/q/IT1/"):
        check(client.get(address))
    check(client.post("/r/q/IT5/", {"IT-words": "a" * 2001, "action": "next"}), 422)
    fill(client, "IT5", **{"IT-words": "كلمات"})
    check(client.get("/r/check/"))
    assert client.post("/r/finish/").status_code == 302
    check(client.get("/r/receipt/"))
    check(client.get("/r/receipt/"), 410)
    check(client.get(f"/r/{token}/"), 410)
    check(client.get("/r/check/"), 403)
    check(arabic(wave).post("/r/pause/"))
    check(client.post("/r/assist/stop/"))
    check(client.get("/r/assist/"), 410)
    check(client.get(f"/r/assist/{'x' * 43}/"), 410)


def test_on_the_record(wave: Wave) -> None:
    wave.groups.filter(name="Government").update(mode=GroupMode.ON_RECORD)
    token, client = new_link(wave), Client(**ARABIC)
    come_in(token, client)
    fill(client, "IT5")
    for address in ("/r/", "/r/check/", "/r/q/IT5/"):
        check(client.get(address))
    check(client.post("/r/finish/", {"filed_by": "أحمد"}), 422)
    filing = {"filed_by": "أحمد", "capacity": "رئيس", "how_agreed": "في اجتماع"}
    assert client.post("/r/finish/", filing).status_code == 302
    check(client.get("/r/receipt/"))
    assert client.get(f"/r/{token}/").headers["Location"] == "/r/filed/"
    check(client.get("/r/filed/"))
    wave.groups.update(names={})
    assert '<bdi lang="en" dir="ltr">Government</bdi>' in check(client.get("/r/filed/"))
    client.post("/r/filed/", {"do": "correct"})
    drawn = form_of_question(client)
    fill(client, "IT5", "1")
    check(client.post("/r/q/IT5/", drawn), 409)
    check(client.get("/r/check/"))
    check(client.get("/r/filed/"))
    check(Client(**ARABIC).get(f"/r/{new_link(wave)}/"), 410)


def form_of_question(client: Client) -> dict[str, str]:
    """A page on which something else was chosen than is stored."""
    (form,) = [form for form in ParsedPage(client.get("/r/q/IT5/").content.decode()).forms if "seen" in form.fields]
    return {**form.fields, **{name: offered[0] for name, offered in form.choices.items()}}


def test_whatever_stops_somebody(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    token, client = new_link(wave), Client(**ARABIC)
    check(client.get(f"/r/{'x' * 43}/"), 404)
    check(client.get("/r/q/XX9/nothing/"), 404)
    PanelLink.objects.update(is_revoked=True)
    check(client.get(f"/r/{token}/"), 410)
    PanelLink.objects.update(is_revoked=False)
    wave.groups.update(cap=1, received=1)
    check(client.get(f"/r/{token}/"), 410)
    Wave.objects.update(state=WaveState.PREPARING)
    check(client.get(f"/r/{token}/"), 410)
    PanelLink.objects.update(is_test=True)
    check(client.get(f"/r/{token}/"))
    Wave.objects.update(state=WaveState.OPEN)
    check(client.get(f"/r/{token}/"), 410)
    monkeypatch.setattr(visitor_limits, "exceeded", lambda *_args: True)
    check(client.get(f"/r/{'y' * 43}/"), 429)


FAULTS = {
    404: Http404(),
    403: PermissionDenied(),
    400: SuspiciousOperation("odd"),
    413: RequestDataTooBig("much"),
    500: ZeroDivisionError("secret detail"),
    503: OperationalError("connection to server at 10.0.0.7 failed"),
}


def test_whatever_goes_wrong(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    client, before = arabic(wave), AuditEvent.objects.count()
    client.raise_request_exception = False
    for status, fault in FAULTS.items():
        monkeypatch.setattr("assessments.respond.views.questions.RespondForm", Mock(side_effect=fault))
        answer = client.get("/r/q/IT5/")
        # Words that were written on this site are in the database, which may be what does not answer.
        page = answer.content.decode() if status >= 500 else check(answer, status)
        assert answer.status_code == status
        assert '<html lang="ar" dir="rtl">' in page
        assert "secret" not in page
        assert "no-store" in answer["Cache-Control"]
        # A way back to the questions, or to the page itself.
        assert ('href="/r/"' in page) is (status < 500)
        assert ('href="/r/q/IT5/"' in page) is (status in {400, 500, 503})
        assert (answer["X-Request-ID"] in page) is (status >= 500)
    assert AuditEvent.objects.count() == before


def test_a_form_that_was_too_old_gives_back_what_was_written_and_nothing_hidden(wave: Wave) -> None:
    client = Client(enforce_csrf_checks=True, **ARABIC)
    token = new_link(wave)
    client.cookies["respondent"] = arabic_cookie(token)
    fields = {"of": "3739a4911f390d16", "seen": "38e1e7418eb25c20", "IT-words": "لا أريد أن يضيع هذا", "action": "next"}
    page = check(client.post("/r/q/IT5/", fields), 403)
    assert re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", page) == ["لا أريد أن يضيع هذا"]
    assert 'href="/r/q/IT5/"' in page


def arabic_cookie(token: str) -> str:
    """What a browser holds that came in by a link."""
    come_in(token, client := Client(**ARABIC))
    return client.cookies["respondent"].value


def test_no_paper_can_be_drawn_now(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.paper.views.sheets.draw_paper", Mock(side_effect=PaperBusy))
    answer = Client(**ARABIC).get(f"/r/paper/{wave.code}/ar/")
    check(answer, 503)
    assert answer["Retry-After"] == str(WAIT)


TYPED = ("", "ABCD-EFGH", "ABCD-EFGH-O0I1", "ABCDEFGHJKMN")


def test_typing_a_code(wave: Wave) -> None:
    client = Client(**ARABIC)
    assert client.get("/k/").headers["Location"] == "/r/code/"
    for answer in (client.get("/r/code/"), *(client.post("/r/code/", {"card_code": code}) for code in TYPED)):
        # Letters that codes have, or have not, are Latin ones.
        answer.content = re.sub(rb"\b[A-Z]\b", b"", answer.content)
        check(answer, 200 if answer.wsgi_request.method == "GET" else 422)


def test_taking_back(wave: Wave) -> None:
    client = Client(**ARABIC)
    address = f"/r/withdraw/{wave.code}/"
    check(client.get(address))
    check(client.post(address, {"receipt_code": ""}), 422)
    check(client.post(address, {"receipt_code": "aaaaa-bbbbb-ccccc-ddddd"}), 422)
    answering = arabic(wave)
    fill(answering, "IT5")
    answering.post("/r/finish/")
    code = re.search(r'class="code"[^>]*>([^<]+)<', answering.get("/r/receipt/").content.decode())
    assert code is not None
    check(client.post(address, {"receipt_code": code[1]}))
    check(client.get(f"/r/results/{wave.code}/"))
    close_and_freeze(wave=wave)
    check(client.get(address), 410)
    check(client.get(f"/r/results/{wave.code}/"))


def test_mails(wave: Wave) -> None:
    writer = writer_for(wave.groups.get(name="Government"))
    for kind in MailKind:
        for is_used in (False, True):
            body = written(writer, "", kind, "ar", is_used=is_used)
            # The address where the result is read has words of ours.
            text = re.sub(r"ask@example\.org|/r/results/\S+", "", body.body)
            assert [unsaid(part) for part in (body.subject, text)] == ["", ""]


def test_mails_say_that_nobody_checked_their_words_and_what_is_in_another_language(wave: Wave) -> None:
    WordingLanguage.objects.all().delete()  # as shipped
    said = shipped("ar")
    writer = writer_for(wave.groups.get(name="Government"))
    for kind in MailKind:
        assert written(writer, "", kind, "ar").body.count(said["base.unofficial"]) == 1
        assert shipped("en")["base.unofficial"] not in written(writer, "", kind, "en").body
    only = said["mails.only_in"].replace("{language}", "الإنجليزيّة")
    assert only not in written(writer, "", MailKind.INVITATION, "ar").body
    Wave.objects.update(texts={})
    writer.wave.refresh_from_db()
    assert f"{only}\nThe council asks." in written(writer, "", MailKind.INVITATION, "ar").body
    confirm_words(code="ar", user=User.objects.all()[0], today=timezone.localdate())
    assert said["base.unofficial"] not in written(writer, "", MailKind.THANKS, "ar").body


def test_texts_to_forward(wave: Wave) -> None:
    for kind in (MailKind.INVITATION, MailKind.REMINDER):
        text = writer_for(wave.groups.get(name="Government")).forward(kind, "ar")
        assert unsaid(text.replace("ask@example.org", "")) == ""


def test_cards(wave: Wave, client: Client) -> None:
    client.force_login(User.objects.get(memberships__role="organiser", memberships__process=wave.assessment.process))
    group = wave.groups.get(name="Business")
    group.invited = 9
    group.save()
    address = f"/assessments/{wave.assessment.code}/panel/groups/{group.pk}/cards/"
    page = client.post(address, {"number": "1", "made": "0", "as": "cards", "language": "ar"}).content.decode()
    drawn = re.search(r'<ul class="panel-cards".*?</ul>', page, re.S)
    assert drawn is not None
    parser = _Words()
    parser.feed(drawn[0])
    assert [unsaid(text) for text in ("".join(parser.words), *parser.attributes) if unsaid(text)] == []


# --- In the source -----------------------------------------------------------------------------------------------


def templates() -> Iterator[Path]:
    """Those that respondents read."""
    folder = ROOT / "templates" / "assessments"
    yield from (folder / "respond").glob("*.html")
    yield folder / "panels" / "_cards.html"
    yield from (path for path in (folder / "feedback").glob("*.html") if path.name != "results_day.html")


def test_no_template_of_respondents_has_words_of_the_site() -> None:
    """Those are in the language of organisers."""
    site = re.compile(r"{%-?\s*(translate|trans|blocktranslate|blocktrans|plural)\b|\b_\(")
    assert [path.name for path in templates() if site.search(path.read_text())] == []


REFUSING = {"services.py", "statements.py", "taking_back.py"}


def test_no_module_of_respondents_has_words_of_the_site() -> None:
    """But for refusals, which pages say in words of their own."""
    folder = ROOT / "assessments" / "respond"
    modules = [path for path in folder.rglob("*.py") if path.name not in REFUSING]
    assert [path.name for path in modules if "gettext" in path.read_text()] == []

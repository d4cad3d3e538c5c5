"""What respondents read around the questions: languages, their words side by side with the English ones, and files."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.wording import editing, services
from assessments.wording.editing import LanguageState
from assessments.wording.shipped import SOURCE, BrokenWording, shipped, texts_in
from attributes.pages import OK, UNPROCESSABLE
from attributes.texts import clean_text, language_name, own_name
from msgov.accounts import audit
from msgov.site.access import for_site_admins, site_admin

LARGEST_FILE = 500_000  # bytes
SHOWN_PROBLEMS = 50
MISSING = "missing"


@dataclass
class SideBySideText:
    """A text in English, and beside it in another language."""

    key: str
    english: str
    text: str
    error: str = ""

    @property
    def rows(self) -> int:
        """How high its field is."""
        return 1 + len(self.english) // 60


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def wording(request: HttpRequest) -> HttpResponse:
    """All languages that respondents can read in; POST adds one."""
    problem, code = "", request.POST.get("code", "").strip().lower().replace("_", "-")[:20]
    if request.method == "POST":
        if not editing.CODE.fullmatch(code):
            problem = _("Enter the code of a language, such as sw for Swahili.")
        else:
            services.save_words(code=code, texts={})
            return redirect("site:wording-section", code, editing.sections()[0])
    languages = [(state, own_name(state.code), language_name(state.code)) for state in editing.languages_here()]
    context = {"languages": languages, "problem": problem, "typed": code, "total": len(shipped(SOURCE))}
    return render(request, "site/wording.html", context, status=UNPROCESSABLE if problem else OK)


def _language(code: str) -> LanguageState:
    found = editing.language_here(code)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """The words of one part side by side; POST saves them all, or says what is wrong with which."""
    state = _language(code)
    if section not in editing.sections():
        raise Http404
    known = editing.words_here(code)
    keys = [key for key in shipped(SOURCE) if key.partition(".")[0] == section]
    if request.GET.get("show") == MISSING and request.method != "POST":
        keys = [key for key in keys if key not in known]
    fields = [SideBySideText(key, shipped(SOURCE)[key], known.get(key, "")) for key in keys]
    if request.method == "POST" and _read(request, fields):
        changed = {
            one.key: one.text for one in fields if one.key in request.POST and one.text != known.get(one.key, "")
        }
        number = services.save_words(code=code, texts=changed)
        if number:
            audit.record("wording.saved", user=site_admin(request), details={"language": code, "texts": number})
        messages.success(request, _changed(number))
        return redirect("site:wording-section", code, section)
    is_wrong = any(one.error for one in fields)
    context = _context(state, section, fields=fields, is_wrong=is_wrong, show=request.GET.get("show", ""))
    return render(request, "site/wording_section.html", context, status=UNPROCESSABLE if is_wrong else OK)


def _changed(number: int) -> str:
    return ngettext("%(n)s text was changed.", "%(n)s texts were changed.", number) % {"n": number}


def _read(request: HttpRequest, fields: list[SideBySideText]) -> bool:
    """Take what was typed, and say whether all of it can be stored."""
    for one in fields:
        if one.key in request.POST:
            one.text = clean_text(request.POST[one.key])
            one.error = editing.problem_of(one.key, one.text)
    return not any(one.error for one in fields)


def _context(state: LanguageState, section: str = "", **more: Any) -> dict[str, Any]:
    return {
        "state": state,
        "language_own": own_name(state.code),
        "language": language_name(state.code),
        "sections": editing.sections(),
        "section": section,
        **more,
    }


@require_safe
@for_site_admins
def download(request: HttpRequest, code: str) -> HttpResponse:
    """All words of a language as one file."""
    _language(code)
    response = HttpResponse(editing.as_file(code), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="words-{code}.yaml"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take all words of a language from such a file, or say where it is wrong and take none."""
    state = _language(code)
    problems: list[str] = []
    if request.method == "POST":
        texts, problems = _texts_sent(request)
        if not problems:
            number = services.save_words(code=code, texts=texts)
            audit.record("wording.saved", user=site_admin(request), details={"language": code, "texts": number})
            messages.success(request, _changed(number))
            return redirect("site:wording-section", code, editing.sections()[0])
    shown, more = problems[:SHOWN_PROBLEMS], max(0, len(problems) - SHOWN_PROBLEMS)
    context = _context(state, problems=shown, more=more)
    return render(request, "site/wording_upload.html", context, status=UNPROCESSABLE if problems else OK)


def _texts_sent(request: HttpRequest) -> tuple[dict[str, str], list[str]]:
    sent = request.FILES.get("words_file")
    if sent is None:
        return {}, [_("Choose a file.")]
    if (sent.size or 0) > LARGEST_FILE:
        return {}, [_("The file is too large.")]
    try:
        texts = texts_in(sent.read().decode("utf-8-sig"), str(sent.name))
    except UnicodeDecodeError:
        return {}, [_("The file is not a text in UTF-8.")]
    except BrokenWording as error:
        return {}, [str(error)]
    unknown = [key for key in texts if key not in shipped(SOURCE)]
    problems = [_("%(key)s: there are no such words.") % {"key": key} for key in unknown]
    for key, text in texts.items():
        if key not in unknown and (problem := editing.problem_of(key, text)):
            problems.append(f"{key}: {problem}")
    return {key: clean_text(text) for key, text in texts.items()}, problems


@require_POST
@for_site_admins
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Note that somebody who speaks the language has read all of it."""
    state = _language(code)
    if state.missing:
        messages.error(request, _("Words are missing in this language: nobody can have read them."))
        return redirect("site:wording-section", code, editing.sections()[0])
    admin = site_admin(request)
    services.confirm_words(code=code, user=admin, today=timezone.localdate())
    audit.record("wording.checked", user=admin, details={"language": code})
    messages.success(request, _("Noted. Respondents are no longer told that nobody has checked this translation."))
    return redirect(reverse("site:wording"))

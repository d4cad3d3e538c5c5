"""Languages of a draft: how far each is, in and out; and reading questions in another language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attributes.documents import translating
from attributes.documents.documents import Address, nodes
from attributes.documents.translating import SET_GROUP, Share
from attributes.exceptions import DraftNotOpen
from attributes.languages.forms import LanguageForm, canonical_language
from attributes.languages.services import add_language, remove_language
from attributes.models import Draft
from attributes.pages import CONFLICT, form_page, refusals_lead_to, sent, taken
from attributes.permissions import draft_for, set_admin
from attributes.texts import QUESTION_LANGUAGE_COOKIE, TextMap, language_name, own_name

ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def question_language(request: HttpRequest) -> HttpResponse:
    """Remember in which language somebody wants to read questions, and go back to where they were."""
    goal = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        goal = reverse("attributes:questions")
    response = HttpResponseRedirect(goal)
    form = LanguageForm({"language": request.POST.get("language", "")}, languages=[])
    if form.is_valid():
        response.set_cookie(
            QUESTION_LANGUAGE_COOKIE,
            form.cleaned_data["language"],
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def draft_languages(request: HttpRequest, code: str) -> HttpResponse:
    """The languages of a draft, how far each is, and a form for another one."""
    draft = draft_for(request, code)
    known = draft.content.get("languages", [])
    form = LanguageForm(sent(request), languages=known)
    template = "attributes/languages/languages.html"

    def add() -> HttpResponse:
        language = form.cleaned_data["language"]
        add_language(draft=draft, user=set_admin(request), language=language)
        messages.success(request, _("%(language)s was added.") % {"language": language_name(language)})
        return redirect("attributes:draft-languages", draft.code)

    try:
        return taken(form, add) or form_page(request, template, form, _languages_context(draft))
    except DraftNotOpen as refusal:
        form.add_error(None, refusal.message)
        return render(request, template, {**_languages_context(draft), "form": form}, status=CONFLICT)


def _languages_context(draft: Draft) -> dict[str, Any]:
    known = [(canonical_language(code), own_name(code)) for code in sorted(LANG_INFO) if "name" in LANG_INFO[code]]
    source = translating.source_language(draft.content)
    return {"draft": draft, "source": source, "known_languages": known, **_table(draft)}


def _table(draft: Draft) -> dict[str, Any]:
    found = translating.shares(draft.content, draft.translated_from)
    groups = groups_of(draft)
    return {
        "title": draft.content.get("title", {}),
        "total": len(translating.texts_of(draft.content)),
        "languages": [
            {
                "code": language,
                "all": shares[""],
                "groups": [(group, shares.get(group.code, Share(0, 0, 0))) for group in groups],
            }
            for language, shares in found.items()
        ],
    }


@dataclass(frozen=True)
class TextGroup:
    """What is translated on one page: an attribute, or everything that belongs to none. `where` as in the address."""

    code: str
    where: str
    title: TextMap | None


def groups_of(draft: Draft) -> list[TextGroup]:
    """The pages of a translation, in order."""
    attributes = nodes(draft.content, "attribute")
    return [
        TextGroup(SET_GROUP, SET_GROUP, None),
        *(TextGroup(row["code"], str(Address("attribute", row["code"])), row.get("title", {})) for row in attributes),
    ]


def language_of(draft: Draft, language: str) -> str:
    """A language of the draft that can be translated into; 404 for the source language and for others."""
    if language not in draft.content.get("languages", [])[1:]:
        raise Http404
    return language


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("attributes:draft-languages", "code")
def language_remove(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Ask before a language goes with all its texts."""
    draft = draft_for(request, code)
    language = language_of(draft, language)
    name = language_name(language)
    texts = [entry for entry in translating.texts_of(draft.content) if entry.texts.get(language)]
    if request.method == "POST":
        remove_language(draft=draft, user=set_admin(request), language=language)
        done = _("%(language)s was taken out. You can take this change back in the list of changes.")
        messages.success(request, done % {"language": name})
        return redirect("attributes:draft-languages", draft.code)
    context = {"draft": draft, "language": language, "name": name, "count": len(texts)}
    return render(request, "attributes/languages/remove.html", context)

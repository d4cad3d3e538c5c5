"""What pages with forms share: one way to say why something cannot be taken and one status for it; what could not be
saved is given back, and files over the limit are dropped."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from attributes.exceptions import Refusal

# 422: a form that cannot be taken. 400: what no page of ours sends.
OK, BAD_REQUEST, CONFLICT, UNPROCESSABLE = 200, 400, 409, 422
# Of what is given back.
NOT_CARRIED = "csrfmiddlewaretoken"
WORTH_COPYING = 12  # characters; what is shorter are choices and versions
# The field that says for whom a page was drawn. What one person typed is never saved under another's name.
DRAWN_FOR = "drawn_for"

P = ParamSpec("P")


class PlainForm(forms.Form):
    """A form that leaves checking to the server: no browser bubbles, no `required` attributes."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # What is typed has its own direction, whatever that of the page; addresses and numbers have one anyway.
            if type(field.widget) in (forms.TextInput, forms.Textarea):
                field.widget.attrs.setdefault("dir", "auto")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to. Sent empty is sent: `request.POST or None` would show a form without its errors."""
    return request.POST if request.method == "POST" else None


def whole_number(text: str, longest: int = 17) -> int | None:
    """The number that an address or a form names; None where it is none, or longer than that of any row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def from_htmx(request: HttpRequest) -> bool:
    """Whether a page sent this by itself and waits for fragments."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # HtmxMiddleware sets it


def taken(form: forms.BaseForm, write: Callable[[], HttpResponse], *, at: str = "") -> HttpResponse | None:
    """Answer with what `write` returns, or None if the form was not sent or cannot be taken.

    What a service refuses is put on the form: at the fields it names, or else at the field `at`. Without either the
    refusal is not about the form and is raised on.
    """
    if not form.is_valid():
        return None
    try:
        return write()
    except Refusal as refusal:
        errors = refusal.errors or ({at: refusal.message} if at else {})
        if not errors:
            raise
        for field, problems in errors.items():
            for problem in problems.splitlines():
                form.add_error(field if field in form.fields else None, problem)
        return None


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of a form, as `form` in its template: 422 if what was sent cannot be taken."""
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, template, {**(context or {}), "form": form}, status=status)


def refusals_lead_to(
    name: str, *kept: str
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """For views: what a service refuses is said on the page `name`, whose address takes the arguments `kept`."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                messages.error(request, refusal.message)
                return redirect(name, *(kwargs[argument] for argument in kept))

        return shown

    return decorate


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, which says what is wrong instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _no_response(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def token_is_wrong(request: HttpRequest) -> bool:
    """Run the check that the view has put off until its upload handlers were set; and whether it is the same person."""
    if is_of_another(request):
        return True
    check = _TokenCheck(_no_response)
    return check.process_view(request, _no_response, (), {}) is not None


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form.

    What another site sends is never shown with a button that would save it.
    """
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own


def mark_of(request: HttpRequest) -> str:
    """Stands for the person at the screen; says nothing to anybody else."""
    return salted_hmac(DRAWN_FOR, str(request.user.pk)).hexdigest()[:20]


def is_of_another(request: HttpRequest) -> bool:
    """Whether the page that sent this form was drawn for another person, who has signed out since."""
    return request.POST.get(DRAWN_FOR, "") not in ("", mark_of(request))


def give_back(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Answer with what was sent, in a form that sends it again: 401, or 403 where only the token is outdated.

    Autosave always gets 401, which it takes for "try again when signed in". Where another person has signed in
    meanwhile, neither gets what would save it: autosave tries until the first one is back.
    """
    context: dict[str, Any] = {
        "signed_out": signed_out,
        "other": not signed_out and request.POST.get(DRAWN_FOR, "") != mark_of(request),
        "sign_in": f"{resolve_url('account_login')}?{urlencode({'next': request.path})}",
        "fields": [(name, value) for name, values in request.POST.lists() if name != NOT_CARRIED for value in values],
    }
    if from_htmx(request):
        # The page still has everything: it only needs to know, and a token that fits the new session.
        token = "" if signed_out or context["other"] else get_token(request)
        return render(request, "unsaved/_unsaved.html", {**context, "token": token}, status=401)
    if not is_from_here(request):
        context["fields"] = []
    context["texts"] = [value for _name, value in context["fields"] if len(value.strip()) >= WORTH_COPYING]
    return render(request, "unsaved/unsaved.html", context, status=401 if signed_out else 403)


def too_much(request: HttpRequest, limit: str) -> HttpResponse:
    """Answer to a form that is larger than the server reads."""
    context = {
        "message": _("This was not saved: the texts on a page may have at most %(limit)s together. Shorten one.")
        % {"limit": limit}
    }
    if from_htmx(request):
        return render(request, "unsaved/_not_saved.html", context, status=413)
    return render(request, "unsaved/too_much.html", context, status=413)


class SizeLimit(FileUploadHandler):
    """Stops reading a file at the limit and remembers it. Goes before the handlers that store."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.too_large: list[tuple[str, str]] = []  # name of the input, name of the file
        self._limit = limit
        self._received = 0

    @property
    def exceeded(self) -> bool:
        """Whether any file was dropped."""
        return bool(self.too_large)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting."""
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and give up at the limit."""
        self._received += len(raw_data)
        if self._received > self._limit:
            self.too_large.append((self.field_name or "", self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave storing to the handlers after this one."""
        return


class _KeepingNames(MultiPartParser):
    """Django's own takes whatever is no printable character out of names, also what joins letters in Persian."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """The name without folders and control characters."""
        base = file_name.replace("\\", "/").rpartition("/")[2]
        kept = "".join(character for character in base if unicodedata.category(character) != "Cc")
        return kept if kept.strip(". ") else None


def keep_file_names(request: HttpRequest) -> None:
    """Let a request that was not read yet have the names of its files with every sign."""

    def parse(meta: Mapping[str, Any], data: Any) -> Any:
        return _KeepingNames(meta, data, request.upload_handlers, request.encoding).parse()

    request.__dict__["parse_file_upload"] = parse

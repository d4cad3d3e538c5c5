"""Headers that no view has to think of."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponse

from msgov.accounts import devices
from msgov.logs import CONFIDENTIAL
from msgov.middleware import GetResponse

# Everything a browser can be asked for and that no page of ours needs.
REFUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(
    [*(f"{name}=()" for name in REFUSED), "publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)


class HeadersMiddleware:
    """Adds Permissions-Policy; keeps pages of signed-in people out of every cache; knows the device after sign-in, and
    empties the browser after sign-out; keeps the links of respondents out of `Referer`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith(CONFIDENTIAL):
            # The address may hold a token, and a proxy logs where requests for style sheets come from. Not
            # "no-referrer": browsers would then send forms without an origin, and they would be refused.
            response.headers["Referrer-Policy"] = "strict-origin"
        if is_personal(request) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
        devices.set_cookie(request, response)
        if getattr(request, "signed_out", False):
            # Not "cookies": the message that says "you have signed out" travels in one.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def is_personal(request: HttpRequest) -> bool:
    """Whether the answer may show something of a person: somebody is signed in, or a session was sent along."""
    user = getattr(request, "_cached_user", None)
    if user is not None:
        return bool(user.is_authenticated)
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def remember_sign_out(sender: object, request: HttpRequest | None, **kwargs: object) -> None:
    """Mark the request, so that its answer clears what the browser kept."""
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]


user_logged_out.connect(remember_sign_out, dispatch_uid="msgov.headers")

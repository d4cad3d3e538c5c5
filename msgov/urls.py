"""Where each app's pages hang."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from assessments.processes.views import home
from msgov.admin_site import show_only_what_is_meant
from msgov.site.views import process_trail

# The admin site's own login knows neither rate limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
show_only_what_is_meant()

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", home.help_page, name="help"),
    path("help/words/", home.glossary_page, name="glossary"),
    # Passwords are changed in one place, where it is written down and other sessions are ended.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("site/", include("msgov.site.urls")),
    path("processes/<str:code>/trail/", process_trail.process_trail, name="process-trail"),
    path("account/", include("msgov.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("attributes.urls")),
    path("", include("assessments.urls")),
]
if len(settings.LANGUAGES) > 1:
    urlpatterns.append(path("language/", include("django.conf.urls.i18n")))

handler400 = "msgov.errors.bad_request"
handler403 = "msgov.errors.permission_denied"
handler404 = "msgov.errors.page_not_found"
handler429 = "msgov.errors.too_many_requests"  # called by allauth
handler500 = "msgov.errors.server_error"

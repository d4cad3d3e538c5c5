"""Addresses of the pages for site administrators."""

from django.urls import path

from msgov.site.views import overview, people, records, trail, wording

app_name = "site"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("test-mail/", overview.test_mail, name="test-mail"),
    path("read-bounces/", overview.read_bounces, name="read-bounces"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="person-add"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/reset/", people.send_reset, name="person-reset"),
    path("people/<int:number>/data/", people.data, name="person-data"),
    path("people/<int:number>/erase/", people.erase, name="person-erase"),
    path("records/", records.records, name="records"),
    path("wording/", wording.wording, name="wording"),
    path("wording/<str:code>/file/", wording.download, name="wording-file"),
    path("wording/<str:code>/upload/", wording.upload, name="wording-upload"),
    path("wording/<str:code>/confirm/", wording.confirm, name="wording-confirm"),
    path("wording/<str:code>/<str:section>/", wording.section, name="wording-section"),
    path("trail/", trail.trail, name="trail"),
    path("trail.csv", trail.trail_file, name="trail-file"),
]

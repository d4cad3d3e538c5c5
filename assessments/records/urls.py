"""Addresses of the public record. Those of records and their versions stay for ever."""

from django.urls import path

from assessments.records.views import index, publishing, record, replies

RECORD = "records/<str:number>/"
VERSION = RECORD + "v<int:version>/"

urlpatterns = [
    path("robots.txt", index.robots, name="robots"),
    path("records/", index.records_index, name="records"),
    path("records/feed/", index.records_feed, name="records-feed"),
    path("records/sitemap.xml", index.records_sitemap, name="records-sitemap"),
    path("records/data.<str:form>", index.records_file, name="records-file"),
    path("records/reply/<token:token>/", replies.record_reply_link, name="record-reply-link"),
    path(RECORD, record.record, name="record"),
    path(RECORD + "withdraw/", publishing.record_withdraw, name="record-withdraw"),
    path(RECORD + "replies/", replies.record_replies, name="record-replies"),
    path(RECORD + "replies/ask/", replies.record_reply_ask, name="record-reply-ask"),
    path(RECORD + "replies/enter/", replies.record_reply_enter, name="record-reply-enter"),
    path(RECORD + "replies/<str:code>/", replies.record_reply_decide, name="record-reply-decide"),
    path(RECORD + "replies/<str:code>/answer/", replies.record_reply_answer, name="record-reply-answer"),
    path(VERSION, record.record_version, name="record-version"),
    path(VERSION + "report.pdf", record.record_report, name="record-report"),
    path(VERSION + "<str:name>", record.record_file, name="record-file"),
    path("assessments/<str:code>/record/", publishing.assessment_record, name="assessment-record"),
    path(
        "assessments/<str:code>/record/preview/",
        publishing.assessment_record_preview,
        name="assessment-record-preview",
    ),
]

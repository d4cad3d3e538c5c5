"""Every address of the site, every kind of person, looking and sending: the exact answer.

An address without a row fails. Strangers get 404, members without the right 403, whoever is not signed in is sent to
sign in (302) unless the page is open to everyone. A right to send gives 302 (done, goes on), 422 (the empty form sent
here is not good enough) or 200; which one is told by the tests of the page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments import visitor_limits
from assessments.reports.render import RenderedPdf
from msgov.accounts.models import User
from tests.asking import ask_cheaply, asked, draw_refusals_once, noted, taken_back
from tests.permission_world import COLUMNS, PermissionWorld

pytestmark = pytest.mark.slow

# Who between them may ask for whatever anybody may: enough to let each database answer every address once. Whoever is
# shown most comes first.
MAY_MOST = ("organiser", "admin", "reviewer", "setadmin")
REFUSALS = (403, 404, 405)

#                         anon guest strg visi revi cont orga admi sadm
OPEN = "                  200  200  200  200  200  200  200  200  200"
NO_POST = "               302  302  405  405  405  405  405  405  405"
NO_POST_OPEN = "          405  405  405  405  405  405  405  405  405"
NO_GET = NO_POST
OWN_PAGE = "              302  302  200  200  200  200  200  200  200"
OWN_BAD = "               302  302  422  422  422  422  422  422  422"
READ = "                  302  200  404  200  200  200  200  200  404"


def organiser_of_wave(preparing: int, launched: int) -> tuple[str, str]:
    """Only the organiser; in "draft" the wave is being prepared, in "submitted" it has been launched."""
    return (
        f"302 302 404 404 403 403 {preparing} 403 404",
        f"302 302 404 403 403 403 {launched} 403 404",
    )


def writer_of_actions(status: int) -> tuple[str, str]:
    """Only the organiser, of a draft and of what is submitted."""
    return (
        f"302 302 404 404 403 403 {status} 403 404",
        f"302 302 404 403 403 403 {status} 403 404",
    )


def whoever_has_the_link(preparing: int, launched: int) -> tuple[str, str]:
    """The same for everybody; in "draft" the wave is being prepared, in "submitted" it has been launched."""
    return f"{preparing} " * 9, f"{launched} " * 9


def organiser_leads_on() -> tuple[str, str]:
    """For the organiser there is nothing to do there; for others it is forbidden, or does not exist."""
    return "302 302 404 404 403 403 302 403 404", "302 302 404 403 403 403 302 403 404"


def nobody() -> tuple[str, str]:
    """No member may, because nobody was asked."""
    return "302 302 404 404 403 403 403 403 404", "302 302 404 403 403 403 403 403 404"


def site_admins(status: int) -> str:
    """Site administrators only; for others it does not exist."""
    return f"302 302 404 404 404 404 404 {status} 404"


# Without a review there is nothing to manage for an organiser, and nobody is its reviewer.
NOT_REVIEWED_MANAGED = ("302 302 404 404 403 403 404 403 404", "302 302 404 403 403 403 404 403 404")
NOT_REVIEWED_OWN = ("302 302 404 404 403 403 403 403 404", "302 302 404 403 403 403 403 403 404")

# name of the address: (looking, sending), each for both states or as a pair (draft, submitted)
Row = str | tuple[str, str]
ROWS: dict[str, tuple[Row, Row]] = {
    "home": (OPEN, NO_POST_OPEN),
    "help": (OPEN, NO_POST_OPEN),
    "glossary": (OPEN, NO_POST_OPEN),
    "attributes:framework": (OPEN, NO_POST_OPEN),
    "attributes:questions": (OPEN, NO_POST_OPEN),
    "attributes:method": (OPEN, NO_POST_OPEN),
    "account": (OWN_PAGE, NO_POST),
    "assessments:process-list": (OWN_PAGE, NO_POST),
    "assessments:portfolio": (OWN_PAGE, NO_POST),
    "assessments:process-create": (OWN_PAGE, OWN_BAD),
    #                                   anon guest strg visi revi cont orga admi sadm
    "assessments:process-detail": (READ, NO_POST_OPEN),
    "assessments:process-edit": ("      302  302  404  403  403  403  200  403  404",
                                 "      302  302  404  403  403  403  422  403  404"),
    "process-trail": ("              302  302  404  403  403  403  200  200  404", NO_POST),
    "assessments:process-delete": ("    302  302  404  403  403  403  200  200  404",
                                   "    302  302  404  403  403  403  422  422  404"),
    # With a round being answered it leads to that one.
    "assessments:assessment-start": (("  302  302  404  403  403  403  302  403  404",
                                      "  302  302  404  403  403  403  200  403  404"),
                                     "  302  302  404  403  403  403  302  403  404"),
    "assessments:process-groups": ("    302  302  404  403  403  200  200  403  404",
                                   "    302  302  404  403  403  302  302  403  404"),
    "assessments:group-remove": ("      302  302  404  403  403  200  200  403  404",
                                 "      302  302  404  403  403  302  302  403  404"),
    "assessments:process-screener": ("  302  302  404  403  403  200  200  403  404",
                                     "  302  302  404  403  403  302  302  403  404"),
    "assessments:process-goals": ("     302  302  404  403  403  200  200  403  404",
                                  "     302  302  404  403  403  302  302  403  404"),
    "assessments:goal-create": ("       302  302  404  403  403  200  200  403  404",
                                "       302  302  404  403  403  422  422  403  404"),
    "assessments:goal-edit": ("         302  302  404  403  403  200  200  403  404",
                              "         302  302  404  403  403  422  422  403  404"),
    "assessments:goal-delete": ("       302  302  404  403  403  200  200  403  404",
                                "       302  302  404  403  403  302  302  403  404"),
    "assessments:process-members": ("   302  302  404  403  200  200  200  200  404",
                                    "   302  302  404  403  403  403  422  422  404"),
    "assessments:member-role": (NO_GET,
                                "       302  302  404  403  403  403  302  302  404"),
    "assessments:member-remove": ("     302  302  404  403  403  403  200  200  404",
                                  "     302  302  404  403  403  403  302  302  404"),
    "assessments:process-leave": ("     302  302  404  403  200  200  200  403  404",
                                  "     302  302  404  403  302  302  302  403  404"),
    "assessments:invitation-resend": (NO_GET,
                                      " 302  302  404  403  403  403  302  302  404"),
    "assessments:invitation-revoke": (NO_GET,
                                      " 302  302  404  403  403  403  302  302  404"),
    # Nobody here has opened the invitation or is the person it was sent to; for those see tests/processes.
    "assessments:invitation-accept": ("  404  404  404  404  404  404  404  404  404",
                                      "  404  404  404  404  404  404  404  404  404"),
    "assessments:invitation-open": (NO_GET,
                                    "   302  302  404  404  404  404  404  404  404"),
    "assessments:invitation-link": ("   302  302  302  302  302  302  302  302  302", NO_POST_OPEN),
    #                                   anon guest strg visi revi cont orga admi sadm
    "assessments:assessment-hub": ((" 302  302  404  404  403  200  200  200  404",
                                    " 302  302  404  403  403  200  200  200  404"), NO_POST),
    "assessments:question": (("         302  302  404  404  403  200  200  200  404",
                              "         302  302  404  403  403  200  200  200  404"),
                             # 401: who typed for long and lost the session gets the text back. 409: not a draft.
                             ("         401  401  404  404  403  302  302  403  404",
                              "         401  401  404  403  403  409  409  403  404")),
    # Whoever opens evidence, or reads the answers of a draft, reads the register.
    "assessments:register": ("          302  302  404  403  200  200  200  200  404", NO_POST),
    "assessments:register-file": ("     302  302  404  403  200  200  200  200  404", NO_POST),
    "assessments:register-add": ("      302  302  404  403  403  200  200  403  404",
                                 "      302  302  404  403  403  422  422  403  404"),
    "assessments:register-entry": ("    302  302  404  403  403  200  200  403  404",
                                   "    302  302  404  403  403  302  302  403  404"),
    "assessments:register-remove": ("   302  302  404  403  403  200  200  403  404",
                                    "   302  302  404  403  403  302  302  403  404"),
    # Without a round that is being answered it leads to the register.
    "assessments:register-still-true": ((" 302  302  404  403  403  200  200  403  404",
                                         " 302  302  404  403  403  302  302  403  404"),
                                        (" 302  302  404  403  403  404  404  403  404",
                                         " 302  302  404  403  403  302  302  403  404")),
    "assessments:register-opened": ("   302  302  404  403  200  200  200  403  404",
                                    "   302  302  404  403  302  302  302  403  404"),
    "assessments:register-offer": (NO_GET,
                                   "    302  302  404  403  403  302  302  403  404"),
    # Reviewers too, before it is submitted: a second person is to open evidence then.
    "assessments:evidence-opened": (("   302  302  404  404  200  200  200  403  404",
                                     "   302  302  404  403  200  200  200  403  404"),
                                    ("   302  302  404  404  302  302  302  403  404",
                                     "   302  302  404  403  302  302  302  403  404")),
    "assessments:evidence-file": (("    302  302  404  404  200  200  200  200  404",
                                   "    302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:evidence-file-delete": (("302  302  404  404  403  200  200  403  404",
                                          "302  302  404  403  403  200  200  403  404"),
                                         ("302  302  404  404  403  302  302  403  404",
                                          "302  302  404  403  403  302  302  403  404")),
    "assessments:assessment-name": (("   302  302  404  404  403  403  200  403  404",
                                     "   302  302  404  403  403  403  302  403  404"),
                                    ("   302  302  404  404  403  403  302  403  404",
                                     "   302  302  404  403  403  403  302  403  404")),
    "assessments:assessment-check": (("302  302  404  404  403  200  200  200  404",
                                      "302  302  404  403  403  200  200  200  404"), NO_POST),
    # Giving what is submitted leads to where one wanted to be; the empty form names nobody.
    "assessments:question-give": (("    302  302  404  404  403  200  200  403  404",
                                   "    302  302  404  403  403  302  302  403  404"),
                                  ("    302  302  404  404  403  422  422  403  404",
                                   "    302  302  404  403  403  302  302  403  404")),
    "assessments:question-take-back": (NO_GET,
                                       ("302  302  404  404  403  302  302  403  404",
                                        "302  302  404  403  403  302  302  403  404")),
    # Submitting what is submitted, and reopening what is open, leads to where one wanted to be.
    "assessments:assessment-submit": ((" 302  302  404  404  403  403  302  403  404",
                                       " 302  302  404  403  403  403  302  403  404"),
                                      (" 302  302  404  404  403  403  302  403  404",
                                       " 302  302  404  403  403  403  302  403  404")),
    # Nobody was asked to review here; for the states of a review see tests/reviewing.
    "assessments:review": (("            302  302  404  404  200  200  200  200  404",
                            "            302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:review-ask": (("        302  302  404  404  403  403  200  403  404",
                                "        302  302  404  403  403  403  200  403  404"),
                               ("        302  302  404  404  403  403  422  403  404",
                                "        302  302  404  403  403  403  422  403  404")),
    "assessments:review-end": (NOT_REVIEWED_MANAGED, NOT_REVIEWED_MANAGED),
    "assessments:review-reply": (NOT_REVIEWED_MANAGED, NOT_REVIEWED_MANAGED),
    "assessments:review-answer": (NO_GET, NOT_REVIEWED_MANAGED),
    **{
        f"assessments:review-{name}": (NOT_REVIEWED_OWN, NOT_REVIEWED_OWN)
        for name in ("accept", "decline", "item", "question", "send", "changes", "sign")
    },
    "assessments:assessment-reopen": ((" 302  302  404  404  403  403  302  403  404",
                                       " 302  302  404  403  403  403  200  403  404"),
                                      (" 302  302  404  404  403  403  302  403  404",
                                       " 302  302  404  403  403  403  422  403  404")),
    # What was submitted leads back to the process, with the reason.
    "assessments:assessment-discard": (("302  302  404  404  403  403  200  403  404",
                                        "302  302  404  403  403  403  302  403  404"),
                                       ("302  302  404  404  403  403  422  403  404",
                                        "302  302  404  403  403  403  302  403  404")),
    "assessments:assessment-move": (("  302  302  404  404  403  403  200  403  404",
                                     "  302  302  404  403  403  403  200  403  404"),
                                    # Nothing newer to move to; and what is submitted has to be reopened first.
                                    ("  302  302  404  404  403  403  422  403  404",
                                     "  302  302  404  403  403  403  409  403  404")),
    "assessments:assessment-move-undo": (("302  302  404  404  403  403  302  403  404",
                                          "302  302  404  403  403  403  302  403  404"),
                                         ("302  302  404  404  403  403  302  403  404",
                                          "302  302  404  403  403  403  302  403  404")),
    "assessments:assessment-history": (("302  302  404  404  403  200  200  200  404",
                                        "302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:assessment-results": (("302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:assessment-picture": (("302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    # A draft too, for those who see drafts; visitors read and do not export.
    "assessments:assessment-table": ((" 302  302  404  404  403  200  200  200  404",
                                      " 302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:assessment-archive": (("302 302  404  404  403  200  200  200  404",
                                        "302 302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:assessment-index": (NO_GET,
                                     ("  302  302  404  404  403  403  302  403  404",
                                      "  302  302  404  403  403  403  302  403  404")),
    "assessments:compare": (OWN_PAGE, NO_POST),
    # Without a selection there is no comparison; who may have which is told by tests/downloads.
    "assessments:compare-picture": ("302  302  404  404  404  404  404  404  404", NO_POST),
    "assessments:compare-table": ("  302  302  404  404  404  404  404  404  404", NO_POST),
    "assessments:compare-show": (OWN_BAD, NO_POST),
    # Nothing is chosen; and what somebody has saved exists for nobody else.
    "assessments:compare-save": (NO_GET, OWN_BAD),
    "assessments:compare-saved": (OWN_PAGE, NO_POST),
    "assessments:compare-saved-open": ("  302  302  404  404  404  404  302  404  404", NO_POST),
    "assessments:compare-saved-rename": ("302  302  404  404  404  404  200  404  404",
                                         "302  302  404  404  404  404  422  404  404"),
    "assessments:compare-saved-delete": ("302  302  404  404  404  404  200  404  404",
                                         "302  302  404  404  404  404  302  404  404"),
    #                                   anon guest strg visi revi cont orga admi sadm
    # One round is submitted: a page that says so, and neither picture nor figures of it.
    "assessments:over-time": (READ, NO_POST_OPEN),
    "assessments:over-time-picture": ("302  302  404  404  404  404  404  404  404", NO_POST_OPEN),
    "assessments:over-time-table": ("  302  302  404  403  404  404  404  404  404", NO_POST),
    "assessments:over-time-data": ("   302  302  404  403  404  404  404  404  404", NO_POST),
    "assessments:over-time-report": (NO_POST_OPEN, "302  302  404  302  302  302  302  302  404"),
    "assessments:comparison-request": (NO_GET,
                                       "302  302  302  302  302  302  302  302  302"),
    # Records are for everybody, whoever may read the process. The PDF is not drawn yet: the page says so.
    "assessments:records": (OPEN, NO_POST_OPEN),
    "assessments:records-feed": (OPEN, NO_POST_OPEN),
    "assessments:records-file": (OPEN, NO_POST_OPEN),
    "assessments:records-sitemap": (OPEN, NO_POST_OPEN),
    "assessments:robots": (OPEN, NO_POST_OPEN),
    "assessments:record": (OPEN, NO_POST_OPEN),
    "assessments:record-version": (OPEN, NO_POST_OPEN),
    "assessments:record-file": (OPEN, NO_POST_OPEN),
    "assessments:record-report": ("202 " * 9, NO_POST_OPEN),
    "assessments:record-reply-link": (OPEN, "422 " * 9),
    "assessments:record-withdraw": ("   302  302  404  403  403  403  200  200  404",
                                    "   302  302  404  403  403  403  422  422  404"),
    "assessments:record-replies": ("    302  302  404  403  200  403  200  200  404", NO_POST),
    "assessments:record-reply-ask": (NO_GET,
                                     "  302  302  404  403  403  403  422  403  404"),
    "assessments:record-reply-enter": ("302  302  404  403  200  403  403  403  404",
                                       "302  302  404  403  422  403  403  403  404"),
    "assessments:record-reply-decide": ("302 302  404  403  200  403  403  200  404",
                                        "302 302  404  403  422  403  403  422  404"),
    "assessments:record-reply-answer": ("302 302  404  403  403  403  200  403  404",
                                        "302 302  404  403  403  403  422  403  404"),
    "assessments:assessment-record": ((" 302  302  404  404  403  403  200  403  404",
                                       " 302  302  404  403  403  403  200  403  404"),
                                      (" 302  302  404  404  403  403  422  403  404",
                                       " 302  302  404  403  403  403  422  403  404")),
    # Nothing of a draft is published: whoever may publish is led back to where that is said.
    "assessments:assessment-record-preview": (("302 302 404 404 403 403 302 403 404",
                                               "302 302 404 403 403 403 200 403 404"), NO_POST),
    # Papers of public processes: without an account.
    "assessments:report-request": (NO_POST_OPEN,
                                   ("   302  302  404  404  403  302  302  302  404",
                                    "   302  302  404  302  302  302  302  302  404")),
    # Nobody has been asked to rate a second time; for every state of a rating see tests/rating/test_permissions.py.
    "assessments:second-rating": (("     302  302  404  404  403  200  200  200  404",
                                   "     302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:second-rating-ask": ((" 302  302  404  404  403  403  200  403  404",
                                       " 302  302  404  403  403  403  302  403  404"),
                                      (" 302  302  404  404  403  403  422  403  404",
                                       " 302  302  404  403  403  403  302  403  404")),
    "assessments:second-rating-invite": ((" 302  302  404  404  403  403  200  403  404",
                                          " 302  302  404  403  403  403  302  403  404"),
                                         (" 302  302  404  404  403  403  422  403  404",
                                          " 302  302  404  403  403  403  302  403  404")),
    "assessments:second-rating-withdraw": (organiser_leads_on(), organiser_leads_on()),
    "assessments:second-rating-first": (organiser_leads_on(), organiser_leads_on()),
    "assessments:second-rating-begin": (nobody(), nobody()),
    "assessments:second-rating-decline": (nobody(), nobody()),
    "assessments:second-rating-check": (nobody(), nobody()),
    "assessments:second-rating-question": (nobody(), nobody()),
    "assessments:second-rating-agree": (("302  302  404  404  403  302  302  403  404",
                                         "302  302  404  403  403  302  302  403  404"),
                                        ("302  302  404  404  403  302  302  403  404",
                                         "302  302  404  403  403  302  302  403  404")),
    #                                   anon guest strg visi revi cont orga admi sadm
    # What is promised on a draft is read by those who read the draft.
    "assessments:actions": (("       302  302  404  404  403  200  200  200  404",
                             "       302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:actions-add": (writer_of_actions(200), writer_of_actions(422)),
    "assessments:actions-take": (NO_GET, writer_of_actions(302)),
    "assessments:action-edit": (writer_of_actions(200), writer_of_actions(422)),
    "assessments:action-done": (writer_of_actions(200), writer_of_actions(422)),
    "assessments:action-drop": (writer_of_actions(200), writer_of_actions(422)),
    "assessments:action-reopen": (NO_GET, writer_of_actions(302)),
    "assessments:action-move": (NO_GET, writer_of_actions(302)),
    "assessments:action-public": (NO_GET, writer_of_actions(302)),
    "assessments:action-carry": (writer_of_actions(302), writer_of_actions(302)),
    "assessments:action-delete": (writer_of_actions(200), writer_of_actions(302)),
    "assessments:decision": (writer_of_actions(200), writer_of_actions(422)),
    "assessments:decision-remove": (writer_of_actions(200), writer_of_actions(302)),
    "assessments:process-actions": ("  302  302  404  403  200  200  200  200  404", NO_POST),
    "assessments:process-calendar": (" 302  302  404  403  200  200  200  200  404", NO_POST),
    "assessments:own-actions": (OWN_PAGE, NO_POST),
    "assessments:own-actions-mails": (NO_GET, "302 " * 9),
    "assessments:own-actions-calendar": (NO_GET, "302 " * 9),
    # Whoever has the address of a calendar reads it, signed in or not; nobody here has one.
    "assessments:own-calendar": ("404 " * 9, NO_POST_OPEN),
    "assessments:assessment-board": (("  302  302  404  404  403  403  200  403  404",
                                      "  302  302  404  403  403  403  200  403  404"),
                                     ("  302  302  404  404  403  403  422  403  404",
                                      "  302  302  404  403  403  403  422  403  404")),
    "assessments:annual": (("            302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:annual-text": (("       302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:annual-text-file": (("  302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:annual-data": (("       302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:annual-choices": (("    302  302  404  404  403  403  200  403  404",
                                    "    302  302  404  403  403  403  200  403  404"),
                                   ("    302  302  404  404  403  403  422  403  404",
                                    "    302  302  404  403  403  403  422  403  404")),
    "assessments:process-papers": ("    302  302  404  403  403  403  200  403  404",
                                   "    302  302  404  403  403  403  302  403  404"),
    "assessments:report-word": (("       302  302  404  404  403  200  200  200  404",
                                 "       302  200  404  200  200  200  200  200  404"), NO_POST_OPEN),
    "assessments:report-detail": (("     302  302  404  404  403  200  200  200  404",
                                   "     302  200  404  200  200  200  200  200  404"), NO_POST_OPEN),
    "assessments:report-file": (("       302  302  404  404  403  200  200  200  404",
                                 "       302  200  404  200  200  200  200  200  404"), NO_POST_OPEN),
    "assessments:report-retry": (NO_GET,
                                 ("     302  302  404  404  403  302  302  302  404",
                                  "     302  302  404  302  302  302  302  302  404")),
    # Everybody may read questions in the language they like.
    "attributes:question-language": ("  405  405  405  405  405  405  405  405  405",
                                     "  302  302  302  302  302  302  302  302  302"),
    "attributes:sets": ("               302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:draft-create": ("       302  302  404  404  404  404  404  404  200",
                                "       302  302  404  404  404  404  404  404  422"),
    "attributes:draft": ("              302  302  404  404  404  404  404  404  200", NO_POST),
    # 401: who typed for long and lost the session gets the text back.
    "attributes:draft-part": ("         302  302  404  404  404  404  404  404  200",
                              "         401  401  404  404  404  404  404  404  400"),
    "attributes:draft-structure": (NO_GET,
                                   "    302  302  404  404  404  404  404  404  422"),
    "attributes:draft-remove": ("       302  302  404  404  404  404  404  404  200",
                                "       302  302  404  404  404  404  404  404  302"),
    "attributes:draft-changes": ("      302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:draft-undo": (NO_GET, " 302  302  404  404  404  404  404  404  302"),
    "attributes:draft-redo": (NO_GET, " 302  302  404  404  404  404  404  404  302"),
    "attributes:draft-discard": ("      302  302  404  404  404  404  404  404  200",
                                 "      302  302  404  404  404  404  404  404  302"),
    "attributes:draft-languages": ("    302  302  404  404  404  404  404  404  200",
                                   "    302  302  404  404  404  404  404  404  422"),
    "attributes:draft-language-remove": (" 302  302  404  404  404  404  404  404  200",
                                         " 302  302  404  404  404  404  404  404  302"),
    "attributes:draft-translate": ("    302  302  404  404  404  404  404  404  200",
                                   "    302  302  404  404  404  404  404  404  302"),
    "assessments:draft-preview-list": ("302  302  404  404  404  404  404  404  200", NO_POST),
    "assessments:draft-preview": ("     302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:draft-export": ("       302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:draft-import": ("       302  302  404  404  404  404  404  404  200",
                                "       302  302  404  404  404  404  404  404  422"),
    "attributes:question-set-import": ("302  302  404  404  404  404  404  404  200",
                                       "302  302  404  404  404  404  404  404  422"),
    "attributes:version-export": ("     302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:json-schema": (OPEN, NO_POST_OPEN),
    "attributes:version": ("            302  302  404  404  404  404  404  404  200", NO_POST),
    "attributes:version-retire": ("     302  302  404  404  404  404  404  404  200",
                                  "     302  302  404  404  404  404  404  404  302"),
    "attributes:diff": ("               302  302  404  404  404  404  404  404  200", NO_POST),
    # Nothing chosen to compare.
    "attributes:diff-file": ("          302  302  404  404  404  404  404  404  404", NO_POST),
    "attributes:draft-review": ("       302  302  404  404  404  404  404  404  200",
                                "       302  302  404  404  404  404  404  404  422"),
    "assessments:version-use": ("       302  302  404  404  404  404  404  404  200", NO_POST),
    "assessments:version-use-file": ("  302  302  404  404  404  404  404  404  200", NO_POST),
    #                                   anon guest strg visi revi cont orga admi sadm
    "assessments:panel": (("         302  302  404  404  200  200  200  200  404",
                           "         302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:panel-prepare": (NO_GET, organiser_of_wave(302, 302)),
    # 409: whoever typed until the wave was launched gets it back.
    "assessments:panel-setup": (organiser_of_wave(200, 302), organiser_of_wave(422, 409)),
    "assessments:panel-discard": (organiser_of_wave(200, 302), organiser_of_wave(302, 302)),
    "assessments:panel-forms": (organiser_of_wave(200, 200), NO_POST),
    "assessments:panel-test": (organiser_of_wave(200, 302), organiser_of_wave(422, 302)),
    "assessments:panel-launch": (organiser_of_wave(200, 302), organiser_of_wave(302, 302)),
    "assessments:panel-texts": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-people": (organiser_of_wave(200, 200), organiser_of_wave(422, 422)),
    "assessments:panel-groups": (organiser_of_wave(200, 302), organiser_of_wave(422, 302)),
    "assessments:panel-add-group": (organiser_of_wave(200, 200), organiser_of_wave(422, 422)),
    "assessments:panel-add-people": (organiser_of_wave(302, 200), organiser_of_wave(302, 422)),
    "assessments:panel-correct": (organiser_of_wave(302, 302), organiser_of_wave(302, 302)),
    "assessments:panel-take-out": (organiser_of_wave(200, 302), organiser_of_wave(302, 302)),
    "assessments:panel-group": (organiser_of_wave(200, 302), organiser_of_wave(422, 409)),
    "assessments:panel-group-remove": (organiser_of_wave(200, 302), organiser_of_wave(302, 302)),
    "assessments:panel-extend": (organiser_of_wave(302, 200), organiser_of_wave(302, 422)),
    "assessments:panel-close": (organiser_of_wave(302, 200), organiser_of_wave(302, 302)),
    "assessments:panel-reopen": (organiser_of_wave(302, 302), organiser_of_wave(302, 302)),
    "assessments:panel-results-day": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-links": (organiser_of_wave(200, 200), NO_POST),
    "assessments:panel-mails": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-mail-text": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-remind-all": (organiser_of_wave(302, 200), organiser_of_wave(302, 302)),
    "assessments:panel-thank": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-mails-again": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-forward": (organiser_of_wave(200, 200), NO_POST),
    "assessments:panel-send": (NO_GET, organiser_of_wave(302, 422)),
    "assessments:panel-again": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-undeliverable": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-remind": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-revoke": (organiser_of_wave(302, 200), organiser_of_wave(302, 302)),
    "assessments:panel-cards": (NO_GET, organiser_of_wave(302, 422)),
    "assessments:panel-open-link": (NO_GET, organiser_of_wave(302, 302)),
    # No wave has been closed: the page says so, and there is no file.
    "assessments:disagreement": (("  302  302  404  404  403  200  200  200  404", READ), NO_POST_OPEN),
    "assessments:panel-numbers": ((" 302  302  404  404  403  404  404  404  404",
                                   " 302  302  404  404  404  404  404  404  404"), NO_POST_OPEN),
    "assessments:panel-comments": (("302  302  404  404  200  403  403  403  404",
                                    "302  302  404  403  200  403  403  403  404"),
                                   ("302  302  404  404  302  403  403  403  404",
                                    "302  302  404  403  302  403  403  403  404")),
    "assessments:comment-themes": (("302  302  404  404  200  403  403  403  404",
                                    "302  302  404  403  200  403  403  403  404"),
                                   ("302  302  404  404  422  403  403  403  404",
                                    "302  302  404  403  422  403  403  403  404")),
    "assessments:comment-replies": (organiser_of_wave(200, 200), NO_POST),
    "assessments:comment-reply": (organiser_of_wave(200, 200), organiser_of_wave(422, 422)),
    # On paper
    "assessments:panel-paper": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-paper-sheet": (organiser_of_wave(200, 200), NO_POST),
    "assessments:panel-paper-group": (organiser_of_wave(200, 200), organiser_of_wave(422, 422)),
    "assessments:panel-paper-slips": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:panel-paper-dismiss": (NO_GET, organiser_of_wave(404, 404)),
    "assessments:panel-workshop": (organiser_of_wave(200, 200), organiser_of_wave(302, 302)),
    "assessments:panel-workshop-screen": (("302  302  404  404  302  302  302  302  404",
                                           "302  302  404  403  200  200  200  200  404"), NO_POST),
    "assessments:panel-workshop-show": (organiser_of_wave(302, 302), organiser_of_wave(302, 302)),
    "assessments:panel-workshop-go-on": (NO_GET, organiser_of_wave(302, 302)),
    "assessments:type-code": (whoever_has_the_link(302, 302), NO_POST_OPEN),
    "assessments:respond-code": (OPEN, whoever_has_the_link(422, 422)),
    "assessments:paper-sheet": (whoever_has_the_link(404, 200), NO_POST_OPEN),
    "assessments:assist-link": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 302)),
    "assessments:assist": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 400)),
    "assessments:assist-stop": (NO_POST_OPEN, whoever_has_the_link(200, 200)),
    "assessments:respond-link": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 302)),
    "assessments:respond": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 302)),
    "assessments:respond-question": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 302)),
    "assessments:respond-pause": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 200)),
    "assessments:respond-check": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 405)),
    "assessments:respond-copy": (whoever_has_the_link(410, 200), whoever_has_the_link(410, 405)),
    # Nothing is answered yet.
    # The group of this link answers confidentially: there is nothing on the record.
    "assessments:respond-filed": (whoever_has_the_link(410, 410), whoever_has_the_link(410, 410)),
    "assessments:respond-finish": (whoever_has_the_link(302, 302), whoever_has_the_link(410, 422)),
    "assessments:respond-receipt": (whoever_has_the_link(410, 410), whoever_has_the_link(410, 410)),
    # Nobody here has a receipt.
    "assessments:respond-receipt-file": (NO_POST_OPEN, whoever_has_the_link(410, 410)),
    # Whoever has the address printed on mail, card and receipt; nobody before the launch.
    "assessments:respond-results": (whoever_has_the_link(404, 200), NO_POST_OPEN),
    "assessments:respond-withdraw": (whoever_has_the_link(404, 200), whoever_has_the_link(404, 422)),
    # Nobody here has begun a quick check: there is no result, and nothing to keep.
    "assessments:quick-start": (OPEN, NO_POST_OPEN),
    "assessments:quick-start-set": (OPEN, NO_POST_OPEN),
    "assessments:quick-page": (OPEN, "302 " * 9),
    "assessments:quick-result": ("302 " * 9, NO_POST_OPEN),
    "assessments:quick-forget": (NO_POST_OPEN, "302 " * 9),
    "assessments:quick-keep": ("302 " * 9, "302 " * 9),
    # Whoever holds a paper may check it; what is told of a number depends on who asks (tests/verifying).
    "assessments:verify": (OPEN, "422 " * 9),
    # For mail servers, with a secret: see tests/bounces.
    "assessments:bounces": (NO_POST_OPEN, "404 " * 9),
    "assessments:bounces-secret": (NO_POST_OPEN, "404 " * 9),
    "assessments:verify-keys": (OPEN, NO_POST_OPEN),
    "assessments:verify-number": (OPEN, NO_POST_OPEN),
    "account_name": (OWN_PAGE, OWN_PAGE),
    # For administrators without second factor, where one is required; others have no need of it.
    "account_first_factor": ("          302  302  302  302  302  302  302  302  302",
                             "          302  302  302  302  302  302  302  302  302"),
    # Asks for the password again first, like deleting.
    "account_data": ("                  302  302  302  302  302  302  302  302  302",
                     "                  302  302  302  302  302  302  302  302  302"),
    #                                   anon guest strg visi revi cont orga admi sadm
    "site:overview": (site_admins(200), NO_POST),
    "site:test-mail": (NO_GET, site_admins(302)),
    "site:read-bounces": (NO_GET, site_admins(302)),
    "site:people": (site_admins(200), NO_POST),
    "site:person-add": (site_admins(200), site_admins(422)),
    # These ask for the password again first: people, their data, their end.
    "site:person": (site_admins(302), site_admins(302)),
    "site:person-reset": (NO_GET, site_admins(302)),
    "site:person-data": (NO_GET, site_admins(302)),
    "site:person-erase": (site_admins(302), site_admins(302)),
    "site:records": (site_admins(200), NO_POST),
    "site:wording": (site_admins(200), site_admins(422)),
    "site:wording-section": (site_admins(200), site_admins(302)),
    "site:wording-file": (site_admins(200), NO_POST),
    "site:wording-upload": (site_admins(200), site_admins(422)),
    "site:wording-confirm": (NO_GET, site_admins(302)),
    "site:trail": (site_admins(200), NO_POST),
    "site:trail-file": (NO_GET, site_admins(200)),
    # Both ask for the password again first.
    "account_delete": ("                302  302  302  302  302  302  302  302  302",
                       "                302  302  302  302  302  302  302  302  302"),
}  # fmt: skip

# The statuses by method and address, by what they depend on.
Told = defaultdict[str, dict[tuple[str, str], int]]


def own_addresses(
    resolver: URLResolver, namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and parameters of every address of the project: those of allauth and the admin site are theirs."""
    for entry in resolver.url_patterns:
        parameters = (*outer, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield namespace + entry.name, parameters
        elif entry.namespace != "admin" and not str(getattr(entry.urlconf_module, "__name__", "")).startswith(
            "allauth"
        ):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from own_addresses(entry, inner, parameters)


ADDRESSES = dict(own_addresses(get_resolver()))


def test_every_address_has_a_row() -> None:
    assert set(ADDRESSES) - set(ROWS) == set()
    assert set(ROWS) - set(ADDRESSES) == set()


def test_what_anybody_may_is_asked_for_on_each_database() -> None:
    rows = [(name, row, state) for name in ADDRESSES for row in ROWS[name] for state in ("draft", "submitted")]
    others_only = []
    for name, row, state in rows:
        allowed = {column for column in COLUMNS if expected(row, state, column) in (200, 422)}
        if allowed and not allowed & {*MAY_MOST}:
            others_only.append((name, state, allowed))
    assert others_only == []


def test_each_database_gives_each_answer_once() -> None:
    rows = [(row, state) for name in ADDRESSES for row in ROWS[name] for state in ("draft", "submitted")]
    assert all(is_asked("sqlite", row, state, column) for row, state in rows for column in COLUMNS)
    for row, state in rows:
        meant = {expected(row, state, column) for column in MAY_MOST}
        asked = [expected(row, state, column) for column in COLUMNS if is_asked("postgresql", row, state, column)]
        assert asked
        assert sorted(asked) == sorted(meant - {*REFUSALS} or meant)


def is_asked(database: str, row: Row, state: str, column: str) -> bool:
    """Whether somebody asks for this of a database: of SQLite everybody everything.

    Of others, each answer that is meant for any of MAY_MOST is asked for by the first of them. Who is refused is told
    by Python from the same rows that were read for those who are not: refusals are asked for where there is no other.
    """
    if database == "sqlite":
        return True
    meant = [expected(row, state, each) for each in MAY_MOST]
    asked_for = set(meant) - {*REFUSALS} or set(meant)
    return any(column == MAY_MOST[meant.index(answer)] for answer in asked_for)


def asked_for_in(state: str) -> list[str]:
    """The addresses to ask for: whatever knows no process answers in one state as in the other."""
    return [name for name in ADDRESSES if state == "submitted" or name.startswith("assessments:")]


def test_what_is_asked_for_in_one_state_has_one_answer() -> None:
    left_out = set(asked_for_in("submitted")) - set(asked_for_in("draft"))
    assert [name for name in sorted(left_out) if not all(isinstance(row, str) for row in ROWS[name])] == []


def is_taken(name: str, method: str) -> bool:
    """Whether an address takes requests of this method from anybody: others have no page."""
    return ROWS[name][("get", "post").index(method)] not in (NO_GET, NO_POST, NO_POST_OPEN)


def expected(row: Row, state: str, column: str) -> int:
    text = row if isinstance(row, str) else row[state == "submitted"]
    return int(text.split()[COLUMNS.index(column)])


def answer(client: Client, method: str, address: str, told: Told, rows: str, person: User | None) -> int:
    """The status, with whatever was done undone.

    What was told without a look at who asks is told again where the `rows` are the same; and what was told without a
    look at any row is told again to whoever has the same powers over the site: all else is in rows.
    """
    by_rows, by_powers = told[rows], told[f"{settings.REQUIRE_ADMIN_MFA} {person and person.flags()}"]
    for known in (by_rows, by_powers):
        if (method, address) in known:
            return known[method, address]
    statements: list[str] = []
    with taken_back(client), noted(statements):
        response = asked(client, method, address)
        if response.streaming:
            b"".join(response)  # read to its end, the file is closed
    status = int(response.status_code)
    # What is not taken has no page: nobody need look there for what they must not learn (tests/every_address.py).
    assert status != 405 or not response.content
    if asked_nobody(response.wsgi_request):
        by_rows[method, address] = status
    if not statements:
        by_powers[method, address] = status
    return status


def asked_nobody(request: HttpRequest) -> bool:
    """Whether nothing that answered a request looked at the session, or at who is signed in."""
    return not hasattr(request, "_cached_user") and not request.session.accessed


@pytest.fixture(autouse=True)
def cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who may do what is asked here. Each of them sees the page of each refusal once."""
    ask_cheaply(monkeypatch)
    draw_refusals_once(monkeypatch)


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets of paper, pictures and Word files take seconds, and who gets one is all that is asked here."""
    monkeypatch.setattr("assessments.paper.drawing.render_pdf", lambda *_a, **_k: RenderedPdf(b"%PDF-1.7", 1))
    monkeypatch.setattr("assessments.reports.views.word_file", lambda *_a: b"PK")


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    """Each person comes from an address of their own: what visitors may ask in a minute is told elsewhere."""
    visitor_limits.forget()


@pytest.fixture(scope="module")
def worlds(
    build_once: Callable[[Callable[[], dict[str, PermissionWorld]]], dict[str, PermissionWorld]],
) -> dict[str, PermissionWorld]:
    """One of everything, by the state of its assessment."""
    return build_once(lambda: {state: PermissionWorld(state) for state in ("draft", "submitted")})


@pytest.fixture(scope="module")
def told() -> Told:
    """What is told: by the rows to whoever asks, and by powers over the site and how it is set up whatever the rows."""
    return defaultdict(dict)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["admin", "setadmin"])
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_without_a_second_factor_administrators_are_strangers(
    worlds: dict[str, PermissionWorld], told: Told, state: str, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not exist for a stranger leads them to where they can get one."""
    monkeypatch.setattr(settings, "REQUIRE_ADMIN_MFA", True)
    world = worlds[state]
    client = world.seen_by(column)
    rows = f"{state}, second factor"
    wrong = []
    for name in asked_for_in(state):
        values = world.values(name.split(":")[-1])
        address = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})
        for method, row in zip(("get", "post"), ROWS[name], strict=True):
            meant = expected(row, state, "stranger")
            # That no invitation was opened has a page of its own, the same for everybody. Respondents' pages do not
            # look who is signed in.
            alike = name == "assessments:invitation-accept" or name.startswith(
                ("assessments:respond", "assessments:paper-sheet", "assessments:assist")
            )
            leads_on = method == "get" and meant == 404 and not alike
            meant = 302 if leads_on else meant
            if name == "account_first_factor":
                meant = {"get": 200, "post": 422}[method]
            if (status := answer(client, method, address, told, rows, world.people[column])) != meant:
                wrong.append(f"{method.upper()} {name} as {column}: {status}, not {meant}")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", [pytest.param(each, marks=[pytest.mark.everywhere] if each in MAY_MOST else []) for each in COLUMNS]
)
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_everybody_gets_the_answer_meant_for_them(
    worlds: dict[str, PermissionWorld], told: Told, state: str, column: str
) -> None:
    world = worlds[state]
    client = world.seen_by(column)
    rows = f"{state}, for {world.process_is_for(column)}"
    wrong = []
    for name in asked_for_in(state):
        values = world.values(name.split(":")[-1])
        address = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})
        for method, row in zip(("get", "post"), ROWS.get(name, ("0 " * 9, "0 " * 9)), strict=True):
            if not is_asked(connection.vendor, row, state, column):
                continue
            status = answer(client, method, address, told, rows, world.people[column])
            if status != expected(row, state, column):
                wrong.append(f"{method.upper()} {name} as {column}: {status}, not {expected(row, state, column)}")
    assert wrong == []

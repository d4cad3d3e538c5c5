"""Addresses of the questionnaire on paper. Those of respondents lie under /r/, where nothing is logged."""

from django.urls import path

from assessments.paper.views import assisting, codes, organising, sheets, workshop

PAPER = "assessments/<str:code>/panel/paper/"
WORKSHOP = "assessments/<str:code>/panel/workshop/"

urlpatterns = [
    path("k/", codes.short_address, name="type-code"),
    path("r/code/", codes.type_code, name="respond-code"),
    path("r/paper/<str:wave>/<str:language>/", sheets.paper_sheet, name="paper-sheet"),
    path("r/assist/", assisting.assist, name="assist"),
    path("r/assist/stop/", assisting.assist_stop, name="assist-stop"),
    path("r/assist/<token:token>/", assisting.assist_link, name="assist-link"),
    path(PAPER, organising.paper, name="panel-paper"),
    path(PAPER + "sheet/<str:language>/", sheets.organiser_sheet, name="panel-paper-sheet"),
    path(PAPER + "<int:pk>/", organising.paper_group, name="panel-paper-group"),
    path(PAPER + "<int:pk>/slips/", sheets.slips, name="panel-paper-slips"),
    path(PAPER + "<int:pk>/dismiss/", organising.paper_dismiss, name="panel-paper-dismiss"),
    path(WORKSHOP, workshop.workshop, name="panel-workshop"),
    path(WORKSHOP + "screen/", workshop.screen, name="panel-workshop-screen"),
    path(WORKSHOP + "show/", workshop.show, name="panel-workshop-show"),
    path(WORKSHOP + "go-on/", workshop.workshop_goes_on, name="panel-workshop-go-on"),
]

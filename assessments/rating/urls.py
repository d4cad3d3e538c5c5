"""Addresses of a second rating."""

from django.urls import path

from assessments.rating.views import agreeing, asking, overview, rating

RATING = "assessments/<str:code>/second-rating/"

urlpatterns = [
    path(RATING, overview.second_rating, name="second-rating"),
    path(RATING + "ask/", asking.second_rating_ask, name="second-rating-ask"),
    path(RATING + "take-back/", asking.second_rating_withdraw, name="second-rating-withdraw"),
    path(RATING + "begin/", asking.second_rating_begin, name="second-rating-begin"),
    path(RATING + "decline/", asking.second_rating_decline, name="second-rating-decline"),
    path(RATING + "first-finished/", rating.second_rating_first, name="second-rating-first"),
    path(RATING + "check/", rating.second_rating_check, name="second-rating-check"),
    path(RATING + "questions/<str:question>/", rating.second_rating_question, name="second-rating-question"),
    path(RATING + "agree/<str:item>/", agreeing.second_rating_agree, name="second-rating-agree"),
]

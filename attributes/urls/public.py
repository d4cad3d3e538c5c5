"""Public pages on what is asked."""

from django.urls import path

from attributes.views import public

urlpatterns = [
    path("framework/", public.framework, name="framework"),
    path("framework/questions/", public.questions, name="questions"),
    path("framework/method/", public.method, name="method"),
]

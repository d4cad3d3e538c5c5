"""Public pages on what is asked."""

from django.urls import path

from attributes.public import views

urlpatterns = [
    path("framework/", views.framework, name="framework"),
    path("framework/questions/", views.questions, name="questions"),
    path("framework/method/", views.method, name="method"),
]

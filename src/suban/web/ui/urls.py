"""Addresses of the look's own pages."""

from django.urls import path

from suban.web.ui import views

app_name = "ui"
urlpatterns = [
    path("region", views.choose_region, name="region"),
    path("display", views.choose_display, name="display"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]

"""Addresses of this app."""

from django.urls import URLPattern

app_name = "rapportage"
urlpatterns: list[URLPattern] = []

"""Addresses of this app."""

from django.urls import URLPattern

app_name = "resultaat"
urlpatterns: list[URLPattern] = []

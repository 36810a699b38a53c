"""Addresses of this app."""

from django.urls import URLPattern

app_name = "stopberichten"
urlpatterns: list[URLPattern] = []

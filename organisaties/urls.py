"""Addresses of this app."""

from django.urls import URLPattern

app_name = "organisaties"
urlpatterns: list[URLPattern] = []

"""Addresses of this app."""

from django.urls import URLPattern

app_name = "beschikkingen"
urlpatterns: list[URLPattern] = []

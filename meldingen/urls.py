"""The address of one's own choice about mail."""

from django.urls import path

from meldingen import views

app_name = "meldingen"
urlpatterns = [path("meldingen/", views.meldingen, name="meldingen")]

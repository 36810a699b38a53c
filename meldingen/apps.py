from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "meldingen"
    default_auto_field = "django.db.models.BigAutoField"

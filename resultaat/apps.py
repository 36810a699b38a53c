from django.apps import AppConfig


class ResultaatConfig(AppConfig):
    name = "resultaat"
    default_auto_field = "django.db.models.BigAutoField"

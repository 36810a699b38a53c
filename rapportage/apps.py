from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    default_auto_field = "django.db.models.BigAutoField"

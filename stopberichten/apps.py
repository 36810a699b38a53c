from django.apps import AppConfig


class StopberichtenConfig(AppConfig):
    name = "stopberichten"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class TechniekConfig(AppConfig):
    name = "techniek"
    default_auto_field = "django.db.models.BigAutoField"

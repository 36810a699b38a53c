from django.apps import AppConfig


class BeschikkingenConfig(AppConfig):
    name = "beschikkingen"
    default_auto_field = "django.db.models.BigAutoField"

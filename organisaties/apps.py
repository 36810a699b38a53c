from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    name = "organisaties"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class BeschikkingenConfig(AppConfig):
    name = "beschikkingen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from beschikkingen.startblokken import inleesblokken, onbekende_producten
        from organisaties import inrichtsignalen, startblokken

        if inleesblokken not in startblokken.REGISTER:
            startblokken.REGISTER.append(inleesblokken)
            inrichtsignalen.REGISTER.append(onbekende_producten)

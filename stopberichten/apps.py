from django.apps import AppConfig


class StopberichtenConfig(AppConfig):
    name = "stopberichten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from organisaties.startblokken import REGISTER
        from stopberichten.startblokken_toelichting import blokken

        if blokken not in REGISTER:
            REGISTER.append(blokken)

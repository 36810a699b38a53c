from django.apps import AppConfig


class StopberichtenConfig(AppConfig):
    name = "stopberichten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from meldingen.register import meld_aan
        from organisaties.startblokken import REGISTER
        from stopberichten.actions_toelichting_herinneren import BRON
        from stopberichten.retourmeldingen import BRONNEN
        from stopberichten.startblokken_toelichting import blokken

        if blokken not in REGISTER:
            REGISTER.append(blokken)
        meld_aan(BRON, *BRONNEN)

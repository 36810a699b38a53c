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
        from stopberichten.startblokken_berichten import berichtblokken
        from stopberichten.startblokken_toelichting import blokken

        for tegels in (blokken, berichtblokken):
            if tegels not in REGISTER:
                REGISTER.append(tegels)
        meld_aan(BRON, *BRONNEN)

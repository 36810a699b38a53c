from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from meldingen.register import meld_aan
        from organisaties import startblokken
        from organisaties.referentie import REGISTER
        from rapportage.actions.opgave_meldingen import BRONNEN
        from rapportage.actions.rapportmeldingen import BRONNEN as RAPPORTBRONNEN
        from rapportage.referentie import laad_categorieafspraken
        from rapportage.referentie_opgave import laad_opgaveafspraken
        from rapportage.startblokken import blokken
        from rapportage.startblokken_opgave import blokken as opgaveblokken

        if laad_categorieafspraken not in REGISTER:
            REGISTER.append(laad_categorieafspraken)
        if laad_opgaveafspraken not in REGISTER:
            REGISTER.append(laad_opgaveafspraken)
        if blokken not in startblokken.REGISTER:
            startblokken.REGISTER.append(blokken)
        if opgaveblokken not in startblokken.REGISTER:
            startblokken.REGISTER.append(opgaveblokken)
        meld_aan(*BRONNEN, *RAPPORTBRONNEN)

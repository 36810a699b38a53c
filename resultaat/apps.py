from django.apps import AppConfig


class ResultaatConfig(AppConfig):
    name = "resultaat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from meldingen.register import meld_aan
        from organisaties import startblokken
        from organisaties.referentie import REGISTER
        from resultaat.actions import dossiermeldingen, herinneringen, herinnerkopie
        from resultaat.referentie import laad_redenopties
        from resultaat.startblokken_dossier import blokken
        from resultaat.startblokken_ronde import rondeblokken

        if laad_redenopties not in REGISTER:
            REGISTER.append(laad_redenopties)
        for tegels in (blokken, rondeblokken):
            if tegels not in startblokken.REGISTER:
                startblokken.REGISTER.append(tegels)
        meld_aan(herinneringen.BRON, herinnerkopie.BRON, *dossiermeldingen.BRONNEN)

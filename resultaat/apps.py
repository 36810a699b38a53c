from django.apps import AppConfig


class ResultaatConfig(AppConfig):
    name = "resultaat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not there yet when this file is read.
        from organisaties import startblokken
        from organisaties.referentie import REGISTER
        from resultaat.referentie import laad_redenopties
        from resultaat.startblokken_dossier import blokken

        if laad_redenopties not in REGISTER:
            REGISTER.append(laad_redenopties)
        if blokken not in startblokken.REGISTER:
            startblokken.REGISTER.append(blokken)

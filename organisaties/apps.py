from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    name = "organisaties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organisaties import inloglog

        inloglog.luister()
        # Models are not there yet when this file is read.
        from organisaties.startblok import beheerblokken
        from organisaties.startblokken import REGISTER

        if beheerblokken not in REGISTER:
            REGISTER.append(beheerblokken)

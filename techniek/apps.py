from django.apps import AppConfig


class TechniekConfig(AppConfig):
    name = "techniek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The app that shared tasks belong to. Without it a web process rings at the default broker, where nobody is.
        import wmo_portal.celery  # noqa: F401 - loading it is the point
        from techniek import keuring  # noqa: F401 - so is registering its checks

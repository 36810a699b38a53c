"""The project: settings, URLs, Celery."""

"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmo_portal.settings")
application = get_wsgi_application()

from techniek.opstart import bewaak  # noqa: E402  models are ready only now
from techniek.opwarmen import warm_op  # noqa: E402  idem

bewaak()
warm_op()

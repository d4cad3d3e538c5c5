# syntax=docker/dockerfile:1
# One image for the web process, the worker and the migration; compose.yaml says which is which.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim-bookworm
# Pango and HarfBuzz draw the PDF reports; the fonts are for scripts that those of msgov lack (docs/deployment.md).
ARG FONT_PACKAGES="fonts-noto-core fonts-noto-cjk"
# Not pinned: Debian's stable release only changes them for security.
# hadolint ignore=DL3008,SC2086
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 $FONT_PACKAGES \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin msgov \
    && install --directory --mode=0700 --owner=10001 --group=10001 /data
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MSGOV_DATA_DIR=/data
WORKDIR /app
COPY . .
# Compiled here once: the file system is read-only for whoever runs it, and each start would compile everything again.
# The key is for one command: settings demand one, and collecting files signs nothing.
RUN python -m compileall -q assessments attributes msgov \
    && SECRET_KEY=only-for-collectstatic python manage.py collectstatic --no-input --verbosity 0
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
# --no-control-socket: nothing here talks to one, and the file system is read-only.
CMD ["gunicorn", "msgov.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=4", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket"]

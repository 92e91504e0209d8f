# syntax=docker/dockerfile:1
# Two stages: the first installs the locked packages, the second holds only what runs.
ARG PYTHON=3.13.1-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /opt/compendium
COPY requirements.lock ./
RUN /opt/compendium/bin/pip install --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY glossary ./glossary
COPY migrations ./migrations
COPY app ./app
# The build backend is not part of what runs, and comes from the same lock as everything else.
COPY requirements-build.lock ./
RUN python -m venv /tmp/backend \
 && /tmp/backend/bin/pip install --require-hashes --no-deps -r requirements-build.lock \
 && /tmp/backend/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
 && /opt/compendium/bin/pip install --no-deps /tmp/wheel/*.whl

FROM python:${PYTHON}
RUN useradd --system --uid 10001 --home-dir /var/lib/compendium --create-home compendium
COPY --from=build /opt/compendium /opt/compendium
COPY glossary /usr/share/compendium/glossary
ENV PATH=/opt/compendium/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////var/lib/compendium/compendium.db
USER compendium
WORKDIR /var/lib/compendium
VOLUME /var/lib/compendium
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
# `exec` lets the server receive the signal to stop.
CMD ["sh", "-c", "compendium migrate && compendium load /usr/share/compendium/glossary && exec compendium serve --host 0.0.0.0"]

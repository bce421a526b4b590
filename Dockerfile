# Two steps: install into a virtual environment, then copy it into a small image that runs it.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/monitor
COPY requirements.lock ./
RUN /opt/monitor/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY monitor monitor
COPY alembic alembic
COPY config config
RUN /opt/monitor/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data monitor \
    && mkdir -p /data/config /data/tmp && chown -R monitor:monitor /data
COPY --from=build /opt/monitor /opt/monitor
ENV PATH=/opt/monitor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/data/tmp \
    MONITOR_CONFIG=/data/config
USER monitor
WORKDIR /data
# Configuration and database live in the one volume; the rest may be read-only:
#   docker run --read-only --tmpfs /data/tmp -v monitor:/data IMAGE
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s CMD ["monitor", "healthcheck"]
ENTRYPOINT ["monitor"]
CMD ["run"]

"""The worker process itself: ``python -m verband.site.launch.work``."""

import argparse
from typing import cast

import django


def main() -> None:
    """Take jobs from the queue until asked to stop; a job under way is finished first."""
    parser = argparse.ArgumentParser(prog="./verband worker", description=__doc__)
    parser.add_argument("--concurrency", type=int, default=1, help="jobs at once (default: 1)")
    options = parser.parse_args()
    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the apps
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as worker:
        worker.run_worker(concurrency=options.concurrency, shutdown_graceful_timeout=20)


if __name__ == "__main__":
    main()

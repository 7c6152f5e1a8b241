"""Doing the same thing at the same moment, as several workers do."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(work: Callable[[], None], workers: int) -> None:
    """Do the same in several threads that begin together, each with its own connection."""
    barrier = threading.Barrier(workers)

    def run() -> None:
        try:
            barrier.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

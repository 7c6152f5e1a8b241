"""Work that waits for the clock: search catches up once a minute."""

from procrastinate.contrib.django import app

from verband.search.index import sync


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="search", pass_context=False)
def catch_up(timestamp: int) -> None:
    """Take in what a process that was killed after its commit left out."""
    sync()

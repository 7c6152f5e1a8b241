"""How far the first load is: a bar on a terminal, plain lines elsewhere."""

import time
from typing import TextIO

WIDTH = 24
STEPS = 4  # plain lines per part: at every quarter


class Progress:
    """Called with what is being done, how much is done, of how much.

    >>> import io
    >>> out = io.StringIO()
    >>> progress = Progress(out)
    >>> for done in range(9):
    ...     progress("members", done, 8)
    >>> print(out.getvalue(), end="")
      members: 0 of 8
      members: 2 of 8
      members: 4 of 8
      members: 6 of 8
      members: 8 of 8
    """

    def __init__(self, output: TextIO) -> None:
        self.output = output
        self.bar = output.isatty()
        self.label = ""
        self.step = -1
        self.drawn = 0.0

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show it, when there is something new to show."""
        if label != self.label:
            self.finish()
            self.label, self.step = label, -1
        total = max(total, 1)
        if self.bar:
            self._draw(done, total)
            return
        step = done * STEPS // total
        if step > self.step:
            self.step = step
            print(f"  {label}: {done} of {total}", file=self.output, flush=True)

    def finish(self) -> None:
        """Leave the bar that stands."""
        if self.bar and self.label:
            print(file=self.output, flush=True)
            self.label = ""

    def _draw(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self.drawn < 0.05:
            return
        self.drawn = now
        filled = WIDTH * done // total
        bar = "█" * filled + "░" * (WIDTH - filled)
        print(f"\r  {bar} {self.label} {done}/{total}\x1b[K", end="", file=self.output, flush=True)

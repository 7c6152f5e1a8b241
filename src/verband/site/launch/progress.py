"""How far the first load is: a bar on a terminal, plain lines elsewhere."""

import time
from typing import TextIO

WIDTH = 24
QUIET = 5.0  # seconds without a line, at most, where there is no bar


class Progress:
    """Called with what is being done, how much of it is done, of how much.

    The parts may alternate, as a story does that is told in the order of dates.

    >>> import io
    >>> out = io.StringIO()
    >>> progress = Progress(out)
    >>> for year in (1, 2, 3):
    ...     progress("municipalities", year, 3)
    ...     progress("population figures", 10 * year, 30)
    >>> print(out.getvalue(), end="")
      municipalities: 3
      population figures: 30
    """

    def __init__(self, output: TextIO) -> None:
        self.output = output
        self.bar = output.isatty()
        self.parts: dict[str, tuple[int, int]] = {}
        self.shown = time.monotonic()

    def __call__(self, label: str, done: int, total: int) -> None:
        """Take it in; show it when there is something new to show."""
        self.parts[label] = (done, total)
        now = time.monotonic()
        if self.bar:
            if now - self.shown >= 0.05:
                self.shown = now
                self._draw(label)
        elif done >= total:
            self.shown = now
            print(f"  {label}: {total}", file=self.output, flush=True)
        elif now - self.shown > QUIET:
            self.shown = now
            print(f"  {label}: {done} of {total}", file=self.output, flush=True)

    def finish(self) -> None:
        """Leave the full bar on its line."""
        if self.bar and self.parts:
            self._draw("")
            print(file=self.output, flush=True)

    def _draw(self, label: str) -> None:
        done = sum(part[0] for part in self.parts.values())
        total = max(1, sum(part[1] for part in self.parts.values()))
        filled = WIDTH * done // total
        bar = "█" * filled + "░" * (WIDTH - filled)
        print(f"\r  {bar} {done} of {total}  {label}\x1b[K", end="", file=self.output, flush=True)

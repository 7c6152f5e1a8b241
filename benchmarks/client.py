"""A load from outside: many connections that each send one request after another."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Took:
    """Seconds of each request, and how many were not answered as they should be."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    length: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.length if self.length else 0.0

    def part(self, share: float) -> float:
        """The time within which that share of the requests was answered, in milliseconds."""
        found = sorted(self.seconds)
        return 1000 * found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


class Connection:
    """One connection that is kept open, and opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """One request and its answer."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if method == "POST":
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        message = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        for attempt in (1, 2):
            fresh = self.writer is None
            try:
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                self.writer.write(message)
                return await self._read()
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if fresh or attempt == 2:
                    raise
        raise ConnectionError

    async def _read(self) -> Answer:
        reader = self.reader
        if reader is None:
            raise ConnectionError
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            if line:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int((await reader.readline()).strip() or b"0", 16):
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(head[0].split()[1]), headers, body)

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


Send = Callable[[Connection, int], Awaitable[str]]  # one request; "" or what was wrong


async def press(port: int, send: Send, *, connections: int, seconds: float) -> Took:
    """As many requests as these connections can send in that time."""
    took, end = Took(), time.perf_counter() + seconds

    async def one(number: int) -> None:
        connection = Connection(port)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            wrong = await send(connection, number)
            took.seconds.append(time.perf_counter() - begun)
            if wrong:
                took.wrong.append(wrong)
        connection.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(connections)))
    took.length = time.perf_counter() - begun
    return took


async def pace(
    port: int, send: Send, *, connections: int, rate: float, seconds: float, ready: float = 0.0
) -> Took:
    """So many requests a second, whoever waits: the time counts from when a request was due."""
    took = Took()
    pool: asyncio.Queue[tuple[Connection, int]] = asyncio.Queue()
    for number in range(connections):
        pool.put_nowait((Connection(port), number))
    start = time.perf_counter() + ready

    async def one(due: float) -> None:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        connection, number = await pool.get()
        try:
            wrong = await send(connection, number)
        finally:
            pool.put_nowait((connection, number))
        took.seconds.append(time.perf_counter() - due)
        if wrong:
            took.wrong.append(wrong)

    await asyncio.gather(*(one(start + n / rate) for n in range(int(rate * seconds))))
    took.length = time.perf_counter() - start
    while not pool.empty():
        pool.get_nowait()[0].close()
    return took

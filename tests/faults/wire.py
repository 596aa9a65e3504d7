"""A wire to PostgreSQL that can be cut at the worst moment: after the COMMIT, before its answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import URL

_COMMIT = b"COMMIT"


class Wire:
    """A proxy in front of a server; whoever connects to `port` is connected to it."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        #: How many of the next COMMITs get no answer.
        self.to_swallow = 0
        self.swallowed = 0
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Take no more connections; those there are end with their clients."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=[client], daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._server) as server, suppress(OSError):
            answers = threading.Thread(target=_pump, args=[server, client], daemon=True)
            answers.start()
            while part := client.recv(65536):
                if self.to_swallow and _COMMIT in part:
                    self._swallow(part, client, server)
                    break
                server.sendall(part)
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            answers.join()

    def _swallow(self, part: bytes, client: socket.socket, server: socket.socket) -> None:
        """Let the server commit, and the client never know."""
        self.to_swallow -= 1
        self.swallowed += 1
        client.shutdown(socket.SHUT_RDWR)
        server.sendall(part)


def _pump(origin: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while part := origin.recv(65536):
            with suppress(OSError):  # the client may be gone: the server's answer must be taken all the same
                to.sendall(part)


@contextmanager
def wire(url: URL) -> Iterator[tuple[Wire, URL]]:
    """Yield a wire to the server of `url`, and the URL of the same database at its other end."""
    laid = Wire(url.host or "127.0.0.1", url.port or 5432)
    yield laid, url.set(host="127.0.0.1", port=laid.port)
    laid.close()

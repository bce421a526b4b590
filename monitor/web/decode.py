"""Bytes off the wire → the body, undoing Content-Encoding without ever exceeding a limit.

48 kB of gzip can stand for 50 MB; asking zlib for no more than there is room for stops that
before it is in memory.
"""

import zlib

GZIP = b"\x1f\x8b"
LAYERS = 2
EITHER_HEADER = 47  # zlib's flag: expect a gzip or a zlib header
NO_HEADER = -15
KNOWN = {"gzip", "x-gzip", "deflate"}


class Oversize(Exception):
    """The body is larger than the limit."""


class Broken(Exception):
    """The body cannot be decoded as its headers say; the message says why."""


class Decoder:
    """Take the chunks as they arrive, give the whole body at the end."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name not in ("", "identity")]
        if not KNOWN.issuperset(names) or len(names) > LAYERS:
            message = f"Content-Encoding {encoding!r} was not asked for"
            raise Broken(message)
        self._layers = [_Inflate(limit) for _ in names]
        self._limit = limit
        self._wire = 0
        self._body = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Add a chunk; raise Oversize or Broken."""
        self._wire += len(chunk)
        for layer in self._layers:
            chunk = layer.push(chunk)
        self._body += chunk
        if max(self._wire, len(self._body)) > self._limit:
            raise Oversize

    def finish(self) -> bytes:
        """Give the body, unpacking gzip that no header announced; raise Oversize or Broken."""
        for layer in self._layers:
            layer.finish()
        body = bytes(self._body)
        for _ in range(LAYERS):
            if body.startswith(GZIP):
                body = gunzip(body, self._limit)
        return body

    @property
    def so_far(self) -> bytes:
        """What was decoded, for a reader that is content with the beginning."""
        return bytes(self._body[: self._limit])


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack a whole gzip file; raise Oversize or Broken."""
    layer = _Inflate(limit)
    body = layer.push(data)
    layer.finish()
    return body


class _Inflate:
    """One layer of gzip, zlib or bare deflate."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._total = 0
        self._used = False
        self._inflater = zlib.decompressobj(EITHER_HEADER)

    def push(self, data: bytes) -> bytes:
        out = bytearray()
        while data:
            if self._inflater.eof:
                if data[:2] != GZIP and data != GZIP[:1]:
                    break  # padding after the end
                self._inflater = zlib.decompressobj(EITHER_HEADER)
            out += self._step(data, self._limit - self._total - len(out) + 1)
            if self._total + len(out) > self._limit:
                raise Oversize
            data = self._inflater.unused_data if self._inflater.eof else b""
        self._total += len(out)
        return bytes(out)

    def finish(self) -> None:
        if self._used and not self._inflater.eof:
            message = "the compressed body ended too early"
            raise Broken(message)

    def _step(self, data: bytes, room: int) -> bytes:
        first, self._used = not self._used, True
        try:
            return self._inflater.decompress(data, room)
        except zlib.error as error:
            if first and not data.startswith(GZIP):
                self._inflater = zlib.decompressobj(NO_HEADER)  # many servers mean this by deflate
                return self._step(data, room)
            message = "the compressed body is damaged"
            raise Broken(message) from error

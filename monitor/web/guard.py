"""A host name → the network addresses that may be dialled for it.

Checked where the connection is made, on what the name resolved to, and the checked address
itself is dialled: a name that resolves differently the next moment gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from monitor.errors import FetchFailed, FetchRefused
from monitor.web.plain import UNKNOWN_NAME

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Iterable[str]]

RESOLVERS = 64  # the loop's own executor has 6 threads on 2 cores: 119 slow look-ups a second
MOST_ADDRESSES = 6
MOST_NAMES = 20_000

# Beyond what `is_global` knows: addresses that carry an IPv4 address, or lead to one's own network.
CARRIERS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fec0::/10",
    )
)


def permitted(text: str, allowed: Sequence[Network]) -> bool:
    """Say whether an address is on the public internet, or in a network named as allowed."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in allowed):
        return True
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in CARRIERS)


def look_up(host: str, port: int) -> Iterable[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Guard:
    """Resolve a name once, in threads of its own, and keep what may be dialled."""

    def __init__(self, allowed: Iterable[str], resolve: Resolve = look_up) -> None:
        self._allowed = tuple(ipaddress.ip_network(text, strict=False) for text in allowed)
        self._resolve = resolve
        self._threads = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="dns")
        self._own: set[str] = set()
        self._led: dict[str, str] = {}  # names to the address that was dialled for them last

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses to try, in order; raise FetchFailed `dns` or FetchRefused."""
        known = [host] if _literal(host) else await self._look_up(host, port)
        good = [address for address in known if permitted(address, self._allowed)]
        if not good:
            raise FetchRefused(_forbidden(host, known), reason="forbidden_network")
        if not permitted(good[0], ()):
            self._own.add(host)
        if len(self._led) >= MOST_NAMES:
            self._led.clear()
        self._led[host] = good[0]
        return good[:MOST_ADDRESSES]

    async def _look_up(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, self._resolve, host, port)
        except (OSError, UnicodeError) as error:
            message = f"the name {host} {UNKNOWN_NAME}"
            raise FetchFailed(message, reason="dns") from error
        return list(dict.fromkeys(found))

    def owner(self, host: str) -> str:
        """The address behind a name, as far as it was dialled: many names may stand there."""
        return self._led.get(host, host)

    def own(self, host: str) -> bool:
        """Whether a host was seen to stand in a network that was named as allowed."""
        try:
            return permitted(host, self._allowed) and not permitted(host, ())
        except ValueError:
            return host in self._own

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _literal(host: str) -> bool:
    """Whether a host is an address in its usual form; the resolver knows the others (`127.1`)."""
    try:
        return str(ipaddress.ip_address(host)) == host
    except ValueError:
        return False


def _forbidden(host: str, found: Sequence[str]) -> str:
    where = found[0] if found else "no address"
    named = host if host == where else f"{host} leads to {where}, which"
    return (
        f"{named} is not on the public internet; "
        "if you mean it, add its network to http.allow_networks"
    )

"""The one door to the web: an address goes in, a bounded answer comes out.

door      redirects, deadlines: `Web.get`, `Web.post`, and when: `Web.turn`
gate      how long to wait before a host may be asked again
wire      one request over httpx; the only module that imports it, at first use
dial      a connection to an address that the guard permits
hops      hosts of addresses, and where redirects lead
request   what the door asks of the wire
canary    the test story that is served from inside
guard     which network addresses may be dialled
plain     what a connection died of, in words
decode    Content-Encoding undone within a limit
answers   what a status code means; Retry-After
"""

from monitor.web import canary
from monitor.web.answers import meaning, retry_after
from monitor.web.door import Web
from monitor.web.hops import host_of
from monitor.web.plain import words

__all__ = ["Web", "canary", "host_of", "meaning", "retry_after", "words"]

"""What a connection died of → words for people, with a remedy where one is known."""

import errno
import socket
import ssl

CERTIFICATES = {
    9: "its certificate is not valid yet; look at the clock of this host",
    10: "its certificate has expired; its owner has to renew it",
    18: "its certificate is self-signed: nobody vouches for it",
    19: "its certificate is self-signed: nobody vouches for it",
    20: "nobody known to this host vouches for its certificate",
    21: "nobody known to this host vouches for its certificate",
    23: "its certificate was revoked; its owner has to replace it",
    62: "its certificate is for another name; use the name that stands in it",
    64: "its certificate is for another address; use the name that stands in it",
}
"""By the number that OpenSSL gives (X509_V_ERR_…)."""
UNKNOWN_NAME = "does not resolve; check its spelling, and the name server of this host"
NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
NO_TLS = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}
KINDS: tuple[tuple[type[OSError], str], ...] = (  # the first that fits
    (ssl.SSLError, "it broke off, or wants another kind of TLS than this host allows"),
    (socket.gaierror, f"its name {UNKNOWN_NAME}"),
    (ConnectionRefusedError, "connection refused, nothing listens there; check host and port"),
    (ConnectionError, "the other side hung up"),
    (TimeoutError, "no answer in time"),
    (FileNotFoundError, "it is not there"),
    (PermissionError, "it may not be used by this user"),
)


def words(error: OSError | None) -> str:
    """Say what happened; what nobody foresaw is called as the system calls it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATES.get(error.verify_code, "its certificate cannot be trusted")
    if isinstance(error, ssl.SSLError) and error.reason in NO_TLS:
        return "it speaks no TLS there; check the port, and whether it is to be encrypted"
    if error is not None and error.errno in NO_WAY:
        return "no way leads there; look at the line of this host"
    known = next((text for kind, text in KINDS if isinstance(error, kind)), "")
    return known or (error and error.strerror) or "it broke"

"""A mail → a mail server, within a total time; every refusal named for what to do about it."""

import asyncio
import base64
import contextlib
import re
import smtplib
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path

from monitor.config import Smtp
from monitor.errors import SendFailed, SendRefused

STEPS = 4  # the whole conversation may take so many times the wait for one answer
LONGEST = 200.0  # shorter than the lease of a claim, or a second process would send it too
LONGEST_DETAIL = 300
PERMANENT = 500

Kind = type[SendFailed] | type[SendRefused]


class Call(smtplib.SMTP):
    """One conversation with a mail server, which another thread can cut off."""

    def __init__(self, settings: Smtp, context: ssl.SSLContext | None) -> None:
        self.settings = settings
        self.context = context
        self.accepted = False
        self._cable: socket.socket | None = None
        name = socket.gethostname()
        own = name if "." in name and name.isascii() else "[127.0.0.1]"
        super().__init__(local_hostname=own, timeout=settings.timeout.total_seconds())
        self._host = settings.host  # what starttls() checks the certificate against

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        self._cable = plain.dup()
        if self.settings.tls == "tls" and self.context:
            return self.context.wrap_socket(plain, server_hostname=host)
        return plain

    def converse(self, mail: EmailMessage, sender: str, recipient: str) -> None:
        """Connect, encrypt, log in and hand over; `accepted` says that the server took it."""
        self.connect(self.settings.host, self.settings.port)
        if self.settings.tls == "starttls":
            self.ehlo()
            if not self.has_extn("starttls"):
                raise SendFailed("it offers no STARTTLS; nothing was sent", reason="no_starttls")
            self.starttls(context=self.context)
        if self.settings.user:
            self.login(self.settings.user, self.settings.password.get_secret_value())
        self.send_message(mail, sender, [recipient])
        self.accepted = True
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.quit()

    def cut(self) -> None:
        """Hang up, whatever the other thread is waiting for."""
        if self._cable is not None:
            with contextlib.suppress(OSError):
                self._cable.shutdown(socket.SHUT_RDWR)
            self._cable.close()


async def deliver(
    settings: Smtp, mail: EmailMessage, *, sender: str, recipient: str, ca_file: Path | None = None
) -> None:
    """Hand a mail over; raise SendFailed or SendRefused if the server did not take it."""
    call = Call(settings, _context(settings, ca_file))
    seconds = min(settings.timeout.total_seconds() * STEPS, LONGEST)
    try:
        async with asyncio.timeout(seconds):
            await asyncio.to_thread(_hand_over, call, mail, sender, recipient)
    except TimeoutError:
        if not call.accepted:
            problem = f"{_place(settings)}: not done after {seconds:g} s"
            raise SendFailed(problem, reason="timeout") from None
    finally:
        call.cut()


def _hand_over(call: Call, mail: EmailMessage, sender: str, recipient: str) -> None:
    place = _place(call.settings)
    try:
        call.converse(mail, sender, recipient)
    except SendFailed as error:
        raise SendFailed(f"{place}: {error}", reason=error.reason) from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        kind, reason, problem = explain(error)
        detail = _hide(call.settings, f"{place}: {problem}")
        raise kind(detail, reason=reason) from None  # the cause could hold what was just hidden
    finally:
        call.close()


def explain(error: Exception) -> tuple[Kind, str, str]:
    """Say whether another try makes sense, a short reason, and what to tell people."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return _final(code), f"smtp_{code}", f"recipient refused: {code} {_text(answer)}"
        case smtplib.SMTPResponseException():
            return _answered(error, f"{error.smtp_code} {_text(error.smtp_error)}")
        case smtplib.SMTPServerDisconnected(__context__=OSError() as cause):
            return SendFailed, *_network(cause)
        case smtplib.SMTPException():
            return SendFailed, "smtp", f"{_text(str(error))} ({type(error).__name__})"
    return SendFailed, *_network(error)


def _answered(error: smtplib.SMTPResponseException, said: str) -> tuple[Kind, str, str]:
    reason = f"smtp_{max(error.smtp_code, 0)}"
    match error:
        case smtplib.SMTPAuthenticationError():
            return SendFailed, "login_refused", f"login refused: {said}; check user and password"
        case smtplib.SMTPDataError():
            return _final(error.smtp_code), reason, f"mail refused: {said}"
        case smtplib.SMTPSenderRefused():
            return SendFailed, reason, f"sender {error.sender} refused: {said}; check sender"
    return SendFailed, reason, f"it answered {said}"


def _final(code: int) -> Kind:
    return SendRefused if code >= PERMANENT else SendFailed


def _network(error: Exception) -> tuple[str, str]:
    match error:
        case ssl.SSLCertVerificationError():
            remedy = "name its authority in smtp.ca_file, or use the name the certificate is for"
            return "certificate", f"certificate not trusted: {error.verify_message}; {remedy}"
        case ssl.SSLError():
            remedy = "check smtp.tls (starttls for port 587, tls for 465)"
            return "tls", f"no encrypted connection: {error.reason or error}; {remedy}"
        case socket.gaierror():
            return "dns", f"the name does not resolve: {error.strerror}"
        case TimeoutError():
            return "timeout", "no answer in time"
        case ConnectionRefusedError():
            return "connection_refused", "connection refused; check smtp.host and smtp.port"
    return "connection", _text(str(error)) or type(error).__name__


def _context(settings: Smtp, ca_file: Path | None) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        problem = f"smtp.ca_file {ca_file} cannot be used: {error}"
        raise SendFailed(problem, reason="ca_file") from error


def _place(settings: Smtp) -> str:
    return f"mail server {settings.host}:{settings.port}"


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", text).strip()[:LONGEST_DETAIL]


def _hide(settings: Smtp, text: str) -> str:
    """Take out the password, also as a server may echo it from the login."""
    password, user = settings.password.get_secret_value(), settings.user
    if not password:
        return text
    forms = (f"\0{user}\0{password}", f"{user}\0{user}\0{password}", password)
    for secret in (*(base64.b64encode(form.encode()).decode() for form in forms), password):
        text = text.replace(secret, "***")
    return text

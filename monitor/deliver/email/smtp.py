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
from typing import Any

from monitor.config import Smtp
from monitor.errors import SendFailed, SendRefused
from monitor.web import words

STEPS = 4  # the whole conversation may take so many times the wait for one answer
LONGEST = 200.0  # shorter than the lease of a claim, or a second process would send it too
LONGEST_DETAIL = 300
READY = 220
PERMANENT = 500
LOGINS = {"CRAM-MD5", "PLAIN", "LOGIN"}  # that smtplib knows
AGAIN = "then `monitor alerts retry`"

Kind = type[SendFailed] | type[SendRefused]


class Call(smtplib.SMTP):
    """One conversation with a mail server, which another thread can cut off."""

    def __init__(self, settings: Smtp, context: ssl.SSLContext | None) -> None:
        self.settings = settings
        self.context = context
        self.accepted = self.answer = ""
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
        """Connect, encrypt, log in and hand over; `accepted` is what the server said to it."""
        code, greeting = self.connect(self.settings.host, self.settings.port)
        if code != READY:
            raise smtplib.SMTPConnectError(code, greeting)
        if self.settings.tls == "starttls":
            self.ehlo()
            if not self.has_extn("starttls"):
                problem = "it offers no STARTTLS, so nothing was sent; check smtp.tls and smtp.port"
                raise SendFailed(problem, reason="no_starttls")
            self.starttls(context=self.context)
        if self.settings.user:
            self._log_in(self.settings.user, self.settings.password.get_secret_value())
        self.send_message(mail, sender, [recipient])
        self.accepted = self.answer
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.quit()

    def _log_in(self, user: str, password: str) -> None:
        self.ehlo_or_helo_if_needed()
        if not LOGINS.intersection(self.esmtp_features.get("auth", "").upper().split()):
            remedy = "set smtp.tls to starttls or tls, where many offer it, or take smtp.user away"
            problem = f"it offers no login that is known here, but smtp.user is set; {remedy}"
            raise SendFailed(problem, reason="no_login")
        self.login(user, password)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the text, and keep what the server says to it."""
        code, said = super().data(msg)
        self.answer = f"{code} {_text(said)}".strip()
        return code, said

    def cut(self) -> None:
        """Hang up, whatever the other thread is waiting for."""
        if self._cable is not None:
            with contextlib.suppress(OSError):
                self._cable.shutdown(socket.SHUT_RDWR)
            self._cable.close()


async def deliver(
    settings: Smtp, mail: EmailMessage, *, sender: str, recipient: str, ca_file: Path | None = None
) -> str:
    """Hand a mail over and give the answer; raise SendFailed or SendRefused if it was not taken."""
    call = Call(settings, _context(settings, ca_file))
    seconds = min(settings.timeout.total_seconds() * STEPS, LONGEST)
    try:
        async with asyncio.timeout(seconds):
            await asyncio.to_thread(_hand_over, call, mail, sender, recipient)
    except TimeoutError:
        if not call.accepted:
            limit = f"it did not take the mail within {seconds:g} s (smtp.timeout)"
            problem = f"{_place(settings)}: {limit}; ask who runs it"
            raise SendFailed(problem, reason="timeout") from None
    finally:
        call.cut()
    return _hide(settings, call.accepted)


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
            person, (code, answer) = next(iter(error.recipients.items()))
            said = f"it refused the recipient {person}: {code} {_text(answer)}"
            return _final(code), f"smtp_{code}", _with_remedy(code, said, "correct the address")
        case smtplib.SMTPResponseException() if error.smtp_code > 0:
            return _answered(error, f"{error.smtp_code} {_text(error.smtp_error)}")
        case smtplib.SMTPServerDisconnected(__context__=OSError() as cause):
            return SendFailed, *_network(cause)
        case OSError() if not isinstance(error, smtplib.SMTPException):
            return SendFailed, *_network(error)
    return _odd(error)


def _odd(error: Exception) -> tuple[Kind, str, str]:
    """What has no number of SMTP's own."""
    match error:
        case smtplib.SMTPServerDisconnected():
            return SendFailed, "connection", "it hung up in the middle; ask who runs it"
        case smtplib.SMTPNotSupportedError():
            problem = "it takes no address that is not plain ASCII (no SMTPUTF8)"
            return SendRefused, "no_smtputf8", f"{problem}; use another address, {AGAIN}"
    return SendFailed, "smtp", "it does not speak SMTP as it should; check host and port"


def _answered(error: smtplib.SMTPResponseException, said: str) -> tuple[Kind, str, str]:
    reason = f"smtp_{error.smtp_code}"
    match error:
        case smtplib.SMTPAuthenticationError():
            problem = f"it refused the login: {said}"
            return SendFailed, "login_refused", f"{problem}; check smtp.user and smtp.password"
        case smtplib.SMTPDataError():
            problem = f"it refused the mail: {said}"
            remedy = "ask who runs it why"
            return _final(error.smtp_code), reason, _with_remedy(error.smtp_code, problem, remedy)
        case smtplib.SMTPSenderRefused():
            problem = f"it refused the sender {error.sender}: {said}"
            return SendFailed, reason, f"{problem}; check the channel's sender"
    return SendFailed, reason, f"it answered {said}; ask who runs it"


def _final(code: int) -> Kind:
    return SendRefused if code >= PERMANENT else SendFailed


def _with_remedy(code: int, problem: str, remedy: str) -> str:
    """What is refused for now only is tried again by itself."""
    return f"{problem}; {remedy}, {AGAIN}" if code >= PERMANENT else problem


def _network(error: OSError) -> tuple[str, str]:
    match error:
        case ssl.SSLCertVerificationError():
            remedy = "name its authority in smtp.ca_file, or use the name the certificate is for"
            return "certificate", f"{words(error)}; {remedy}"
        case ssl.SSLError():
            remedy = "check smtp.tls (starttls for port 587, tls for 465)"
            return "tls", f"no encrypted connection: {words(error)}; {remedy}"
        case socket.gaierror():
            return "dns", words(error)
        case TimeoutError():
            return "timeout", "no answer in time (smtp.timeout); check smtp.host and smtp.port"
        case ConnectionRefusedError():
            return "connection_refused", words(error)
    return "connection", words(error)


def _context(settings: Smtp, ca_file: Path | None) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        why = "it holds no certificates" if isinstance(error, ssl.SSLError) else words(error)
        problem = f"smtp.ca_file {ca_file} cannot be used: {why}; correct it in the channel"
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

"""The ways to reach people, each with its settings."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Discriminator, Field, SecretStr

from monitor.config.base import Model
from monitor.config.values import Address, Addresses, Duration, File, Hook, Line, Secret, SigningKey


class Smtp(Model):
    """A mail server."""

    host: Line = Field(min_length=1, description="name or address of the mail server")
    port: int = Field(587, ge=1, le=65535, description="587 for starttls, 465 for tls, 25 for none")
    tls: Literal["starttls", "tls", "none"] = Field("starttls", description="how to encrypt")
    user: Line = Field("", description="who logs in; nothing: no login")
    password: Secret = Field(SecretStr(""), description="a secret: {env: NAME} or {file: PATH}")
    timeout: Duration = Field(
        timedelta(seconds=30), gt=timedelta(0), description="longest wait for the server"
    )
    ca_file: File | None = Field(
        None, description="certificates to trust instead of the system's, for a private authority"
    )


class EmailChannel(Model):
    """People told by mail: each address has a delivery of its own."""

    type: Literal["email"]
    to: Addresses = Field(min_length=1, description="who gets the mail")
    sender: Address | None = Field(None, description="From address; default: monitor@<host name>")
    smtp: Smtp = Field(description="the mail server")


class WebhookChannel(Model):
    """A program told by a signed HTTP POST."""

    type: Literal["webhook"]
    url: Hook = Field(description="where to post; may be a secret: {env: NAME} or {file: PATH}")
    secret: SigningKey = Field(
        description="the signing key, whsec_ and base64: {env: NAME} or {file: PATH}"
    )


class AppriseChannel(Model):
    """Any service that Apprise knows; its address is a secret."""

    type: Literal["apprise"]
    url: Secret = Field(description="an Apprise address: {env: NAME} or {file: PATH}")


class SlackChannel(Model):
    """A Slack channel, told through an incoming webhook."""

    type: Literal["slack"]
    url: Hook = Field(description="Slack's webhook address: {env: NAME} or {file: PATH}")


class DiscordChannel(Model):
    """A Discord channel, told through its webhook."""

    type: Literal["discord"]
    url: Hook = Field(description="Discord's webhook address: {env: NAME} or {file: PATH}")


class TeamsChannel(Model):
    """A Microsoft Teams channel, told through a Workflows (or incoming) webhook."""

    type: Literal["teams"]
    url: Hook = Field(description="the workflow's address: {env: NAME} or {file: PATH}")


ChatChannel = SlackChannel | DiscordChannel | TeamsChannel
Channel = Annotated[
    EmailChannel | WebhookChannel | AppriseChannel | ChatChannel, Discriminator("type")
]

"""One delivery, from claim to sent, retried or dead."""

from datetime import datetime

from monitor.app import App
from monitor.config import (
    AppriseChannel,
    Config,
    DiscordChannel,
    EmailChannel,
    SlackChannel,
    TeamsChannel,
    WebhookChannel,
)
from monitor.db.keys import desk_key
from monitor.deliver import apprise, chat, email, hook, links, render, retry, store, webhook
from monitor.errors import Permanent, SendRefused, Temporary
from monitor.log import Log
from monitor.records import Delivery, Message
from monitor.web import Web

log = Log("deliver")

HOOKS = (WebhookChannel, SlackChannel, DiscordChannel, TeamsChannel)

claim = store.claim_delivery


async def work(app: App, delivery: Delivery) -> int:
    """Render, send and file one delivery; nothing waits behind this room, so it files 0 rows."""
    try:
        delivery = await with_links(app, delivery)
        answer = await send(app, delivery, render.render(delivery))
    except (Temporary, Permanent) as error:
        await _failed(app, delivery, error)
    else:
        await app.db.run(store.finish, delivery, app.now(), answer)
        log.info("delivered", channel=delivery.channel, to=delivery.recipient, key=delivery.key)
    return 0


async def with_links(app: App, delivery: Delivery) -> Delivery:
    """Link to the desk, where people can reach it."""
    address = app.config.desk.public_url
    if not address:
        return delivery
    key = await app.db.run(desk_key, app.now())
    routes = app.config.alerts.routes
    return links.linked(delivery, links.Desk(address=address, key=key, routes=routes))


async def send(app: App, delivery: Delivery, message: Message) -> str:
    """Send a message, unless its channel has said that it wants no more; give the answer."""
    channel = app.config.alerts.channels.get(delivery.channel)
    if isinstance(channel, HOOKS):
        await _check_enabled(app, delivery.channel, hook.fingerprint(channel.url))
    return await hand_over(app.config, app.web, delivery, message, app.now())


async def hand_over(
    config: Config, web: Web, delivery: Delivery, message: Message, now: datetime
) -> str:
    """Hand a message to the sender of its channel's kind; give what the other side answered."""
    match config.alerts.channels.get(delivery.channel):
        case EmailChannel() as channel:
            settings = email.Settings(instance=config.alerts.instance, folder=config.folder)
            return await email.send(channel, delivery, message, settings)
        case WebhookChannel() as channel:
            return await webhook.send(web, channel, delivery, message, now)
        case SlackChannel() | DiscordChannel() | TeamsChannel() as channel:
            return await chat.send(web, channel, render.card(delivery, channel.type), now)
        case AppriseChannel() as channel:
            return await apprise.send(channel, delivery, message)
        case _:
            problem = f"channel {delivery.channel!r} is not configured"
            remedy = "add it to alerts.channels, then `monitor alerts retry`"
            raise SendRefused(f"{problem}; {remedy}", reason="no_channel")


async def _check_enabled(app: App, name: str, mark: str) -> None:
    since = await app.db.run(store.disabled_since, name, mark)
    if since is not None:
        problem = f"channel {name!r} is disabled: it answered 410 Gone at {since}"
        remedy = "give it a new url, or `monitor alerts retry` to try this one again"
        raise SendRefused(f"{problem}; {remedy}", reason="channel_disabled")


async def _failed(app: App, delivery: Delivery, error: Temporary | Permanent) -> None:
    now = app.now()
    due_at = retry.next_try(delivery, error, now)
    failure = store.Failure(reason=error.reason, detail=str(error), due_at=due_at)
    await app.db.run(store.fail, delivery.id, failure, now)
    channel = app.config.alerts.channels.get(delivery.channel)
    if error.reason == "gone" and isinstance(channel, HOOKS):
        mark = hook.fingerprint(channel.url)
        await app.db.run(store.disable_channel, delivery.channel, mark, str(error), now)
    log.info(
        "not delivered",
        channel=delivery.channel,
        to=delivery.recipient,
        key=delivery.key,
        reason=error.reason,
        problem=str(error),
        again=due_at or "never: `monitor alerts retry` after mending it",
    )


def recipients(config: Config, name: str) -> tuple[str, ...]:
    """Who has a delivery of their own on a channel: every mail address, or the one address."""
    channel = config.alerts.channels[name]
    return channel.to if isinstance(channel, EmailChannel) else ("",)

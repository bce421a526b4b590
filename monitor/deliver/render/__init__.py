"""A delivery → the alert in words: subject, plain text, HTML and webhook body. Pure."""

from monitor.deliver.render.page import page
from monitor.deliver.render.payload import payload
from monitor.deliver.render.plain import plain
from monitor.deliver.render.sheet import sheet
from monitor.records import Delivery, Message


def render(delivery: Delivery) -> Message:
    """Put an alert into words; whatever the snapshot holds or lacks, the message is complete."""
    content = sheet(delivery)
    return Message(
        subject=content.subject,
        text=plain(content),
        html=page(content),
        payload=payload(delivery),
    )


__all__ = ["render"]

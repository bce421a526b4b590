"""Subscriptions at hubs (W3C WebSub): asked for, renewed before they end, answered when called.

flow      subscribe, renew, end
answer    a call of a hub → what it is told, and the push that is kept for the collecting room
"""

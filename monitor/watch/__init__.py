"""Beside the rooms: what is not well is found, and told once when it begins and once when it ends.

look → decide → incidents → the outbox
"""

"""Room four: an alert in the outbox reaches a person.

claim → render → send → finish, or fail and be retried until the deadline
"""

"""Room three: an article becomes verdicts, a case, and alerts in the outbox.

claim → match → score → stage → facts → file (group → decide → outbox)
"""

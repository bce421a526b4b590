"""What people look at: fates, hits, cases, the outbox, health. Reads what the rooms stored."""

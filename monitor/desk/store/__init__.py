"""The desk's SQL: what was stored, as plain values for tables and JSON."""

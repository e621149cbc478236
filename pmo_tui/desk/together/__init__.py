"""Several officers at work on the same records: who is where, and whose change stands."""

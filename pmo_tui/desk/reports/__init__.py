"""Status updates, reports and messages."""

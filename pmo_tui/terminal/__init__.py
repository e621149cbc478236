"""Between Textual and the terminal: only what changed is sent, and nothing wakes while nothing happens. Knows nothing of records."""

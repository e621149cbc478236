"""The `pmo` verbs."""

COMPLETION = "_PMO_COMPLETE"
"""The environment variable through which a shell asks this program for completions."""

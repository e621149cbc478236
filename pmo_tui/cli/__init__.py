"""The `pmo` verbs."""

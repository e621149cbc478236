"""Risks, issues, actions and decisions."""

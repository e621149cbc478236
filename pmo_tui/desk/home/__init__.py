"""What one officer's program keeps for itself: configuration, drafts, saved views, logs."""

"""Plans: the board, changes that are looked at before they are kept, milestones."""

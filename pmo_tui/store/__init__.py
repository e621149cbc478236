"""Where records are kept: the journal, its lock and the replica in memory."""

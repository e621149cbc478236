"""Records as lists: the filter language, prepared columns, cells, computed lists, saved views."""

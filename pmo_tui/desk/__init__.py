"""What an officer does: the commands behind both doors, the app and the command line."""

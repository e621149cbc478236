"""What follows from the records: pure functions, no input or output, no clock of their own."""

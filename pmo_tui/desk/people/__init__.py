"""People, systems and their bookings: who is how full, and requests for somebody."""

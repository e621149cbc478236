"""How things read: safe text, money, dates, durations, numbers, languages."""

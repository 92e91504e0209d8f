"""Working days of the host countries and the deadlines that count in them; pure."""

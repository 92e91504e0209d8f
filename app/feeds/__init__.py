"""What changed in the public entries, as a feed that people subscribe to."""

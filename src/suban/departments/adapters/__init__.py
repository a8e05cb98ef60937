"""Ways to departments' systems."""

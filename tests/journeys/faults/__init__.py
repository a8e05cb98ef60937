"""What goes wrong on purpose: processes killed at any moment, while people work."""

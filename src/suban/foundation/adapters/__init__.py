"""Implementations of the plumbing's ports: folder, clamd, wake-up pipes."""

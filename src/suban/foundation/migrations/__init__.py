"""Migrations of the plumbing."""

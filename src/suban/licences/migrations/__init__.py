"""Migrations of licences."""

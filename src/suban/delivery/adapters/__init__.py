"""Carriers spoken to."""

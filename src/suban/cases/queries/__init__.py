"""Reads: frozen values, each behind a gate that asks who wants to know."""

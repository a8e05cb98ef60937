"""Reads of the plumbing; they return frozen values."""

"""The definitions that come with Suban, as YAML beside this file."""

"""Adapters of licences: pyHanko for PAdES, libcrypto for SM2."""

"""How the registers are really asked: over HTTP, signed as the national exchange platform wants it."""

from suban.exchange.adapters.platform import make_register_client

__all__ = ["make_register_client"]

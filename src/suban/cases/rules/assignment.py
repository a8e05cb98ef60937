"""Who handles a step: drawn by lot among the eligible, so that nobody can choose and anybody can check."""

import hashlib
import hmac
from collections.abc import Iterable


def draw(seed: str, among: Iterable[str]) -> str:
    """Return the one of `among` that the seed chooses; the same seed and names always give the same.

    Every name gets the HMAC-SHA256 of itself under the seed; the smallest wins. Order doesn't matter.

    :raises ValueError: there is nobody to choose from.
    """
    return min(among, key=lambda name: hmac.new(seed.encode(), name.encode(), hashlib.sha256).digest())

"""What licences need from outside: somebody who signs pages and somebody who signs short texts.

Production may plug a signing server or a card here; the keys then never enter this process.
"""

from collections.abc import Sequence
from typing import Protocol

from suban.foundation.ports import Port
from suban.licences.types import PageSignature, SigningKey


class PageSigner(Protocol):
    """Sign a PDF so that any reader can check it (PAdES), and check one."""

    def sign(self, page: bytes, *, key: SigningKey, name: str, reason: str, location: str) -> bytes:
        """Return `page` with the signature of `key` over the whole document."""
        ...

    def examine(self, page: bytes, *, roots: Sequence[str]) -> PageSignature:
        """Return what the signature on `page` is worth against the certificates `roots` (PEM)."""
        ...

    def attachment(self, page: bytes, name: str) -> bytes:
        """Return the file called `name` inside `page`, or nothing."""
        ...


class CodeSigner(Protocol):
    """Sign a short text with SM2, for a QR code and for lists."""

    def new_key(self) -> tuple[bytes, bytes]:
        """Return a fresh (private, public) pair, both DER."""
        ...

    def sign(self, message: bytes, private: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        ...

    def verify(self, message: bytes, signature: bytes, public: bytes) -> bool:
        """Tell whether `signature` belongs to `message` and `public`."""
        ...


class NothingPluggedError(RuntimeError):
    """Wiring forgot a port; a mistake of the installation."""


class NoPageSigner:
    """Used until wiring names one."""

    def sign(self, page: bytes, *, key: SigningKey, name: str, reason: str, location: str) -> bytes:
        """Refuse."""
        del page, key, name, reason, location
        raise NothingPluggedError("no page signer is plugged in")

    def examine(self, page: bytes, *, roots: Sequence[str]) -> PageSignature:
        """Refuse."""
        del page, roots
        raise NothingPluggedError("no page signer is plugged in")

    def attachment(self, page: bytes, name: str) -> bytes:
        """Refuse."""
        del page, name
        raise NothingPluggedError("no page signer is plugged in")


class NoCodeSigner:
    """Used until wiring names one."""

    def new_key(self) -> tuple[bytes, bytes]:
        """Refuse."""
        raise NothingPluggedError("no code signer is plugged in")

    def sign(self, message: bytes, private: bytes) -> bytes:
        """Refuse."""
        del message, private
        raise NothingPluggedError("no code signer is plugged in")

    def verify(self, message: bytes, signature: bytes, public: bytes) -> bool:
        """Refuse."""
        del message, signature, public
        raise NothingPluggedError("no code signer is plugged in")


page_signer: Port[PageSigner] = Port(NoPageSigner())
code_signer: Port[CodeSigner] = Port(NoCodeSigner())


class TrustShelf(Protocol):
    """Where trust list and status list are laid out for those who check offline."""

    def lay(self, name: str, content: bytes) -> None:
        """Put `content` under `name`, in place of what was there."""
        ...


class NoShelf:
    """Used until wiring names a place: the lists are served from the database only."""

    def lay(self, name: str, content: bytes) -> None:
        """Do nothing."""


trust_shelf: Port[TrustShelf] = Port(NoShelf())


class CaseMatters(Protocol):
    """Tell to which matter a case belongs, so that a grant for some matters opens only their licences."""

    def find_matter(self, case: str) -> str | None:
        """Return the code of the matter of `case`, or None when nobody knows the case."""
        ...


class NoCaseMatters:
    """Used until wiring names one: only grants for all matters open a licence then."""

    def find_matter(self, case: str) -> str | None:
        """Know nothing."""
        del case
        return None


case_matters: Port[CaseMatters] = Port(NoCaseMatters())

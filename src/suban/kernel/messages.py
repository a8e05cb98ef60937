"""What contexts tell each other through the outbox: frozen facts with a name, as JSON on the way."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The base of every published fact; subclasses are frozen dataclasses in a context's `events`.

    `topic` is `context.past_tense`, stable, and names the outbox messages.
    """

    topic: ClassVar[str]

    def encode(self) -> dict[str, Any]:
        """Return the fields in JSON types (dates and instants as ISO 8601 text)."""
        encoded: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return encoded

    @classmethod
    def decode(cls, fields: dict[str, Any]) -> Self:
        """Return the message whose `encode` gave `fields`.

        :raises pydantic.ValidationError: the fields are not those of this message.
        """
        message: Self = _adapter(cls).validate_python(fields)
        return message


_ADAPTERS: Final[dict[type[Message], TypeAdapter[Any]]] = {}


def _adapter(kind: type[Message]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]

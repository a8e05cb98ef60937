"""The base of every part of a definition, and the kinds of text that parts are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Part(BaseModel):
    """A frozen part of a definition; a word it doesn't know is a mistake, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
OptionalText = Annotated[str, StringConstraints(max_length=4000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Expression = Annotated[str, StringConstraints(max_length=500)]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$")]
Uscc = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
Path = Annotated[
    str, StringConstraints(pattern=r"^(person|company|organ|answers|result|case)\.[a-z][a-z0-9_]{0,47}$")
]

"""The manner of all schemas: what comes in is closed, without control characters; what goes out is frozen."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CURSOR: Final = r"^[0-9A-Za-z~._-]{0,64}$"

# No control characters: neither databases nor people can do anything with them.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,63}$")]
CaseNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z][0-9A-Z-]{2,39}$")]
MatterCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,40}$")]
LicenceId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.]{3,100}$")]
Cursor = Annotated[str, StringConstraints(pattern=CURSOR)]
Limit = Annotated[int, Field(ge=1, le=100)]


class Input(BaseModel):
    """What a caller sends; unknown fields are mistakes and are told."""

    model_config = ConfigDict(extra="forbid", strict=False)


class Answer(BaseModel):
    """What a caller gets, read from the frozen values of the contexts."""

    model_config = ConfigDict(from_attributes=True)

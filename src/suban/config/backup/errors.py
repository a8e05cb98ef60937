"""Why a backup or a restore didn't happen."""

from typing import ClassVar

from suban.kernel.errors import DomainError


class FolderNotEmptyError(DomainError):
    """A backup goes into a folder of its own; a restore into an empty installation."""

    code: ClassVar[str] = "backup.folder_not_empty"


class NoBackupError(DomainError):
    """The folder holds no finished backup, or one of another format."""

    code: ClassVar[str] = "backup.not_a_backup"


class BackupDamagedError(DomainError):
    """A file of the backup isn't what it was, or what came back isn't what was saved."""

    code: ClassVar[str] = "backup.damaged"


class DatabaseToolError(DomainError):
    """The database's own program for dumps is missing, or failed."""

    code: ClassVar[str] = "backup.database_tool"

"""Refusals of the plumbing."""

from typing import ClassVar

from suban.kernel.errors import ConflictError, DomainError, NotFoundError


class SubjectShreddedError(ConflictError):
    """The subject's data key was destroyed; nothing of it can be read or written again."""

    code: ClassVar[str] = "foundation.subject_shredded"


class SealBrokenError(DomainError):
    """Sealed bytes were altered, cut, moved to another subject, or made with another master key."""

    code: ClassVar[str] = "foundation.seal_broken"


class UnknownDeadLetterError(NotFoundError):
    """No dead letter has this number."""

    code: ClassVar[str] = "foundation.unknown_dead_letter"


class StreamMovedError(ConflictError):
    """Somebody appended to the same stream meanwhile."""

    code: ClassVar[str] = "foundation.stream_moved"

    def __init__(self, stream: str) -> None:
        super().__init__("该记录刚刚被他人更新,请刷新页面后重试。", stream=stream)


class NodeKeyMissingError(DomainError):
    """Outside demo mode the node's key is created on purpose, never by accident."""

    code: ClassVar[str] = "foundation.node_key_missing"

    def __init__(self) -> None:
        super().__init__("缺少本节点的签名密钥,请先创建或从备份恢复keys目录。")


class NodeKeyExistsError(ConflictError):
    """The node has a key; another would make old checkpoints look foreign."""

    code: ClassVar[str] = "foundation.node_key_exists"

    def __init__(self) -> None:
        super().__init__("本节点已有签名密钥,不再重复创建。")


class CalendarConflictError(ConflictError):
    """A calendar version never changes; corrections get a name of their own."""

    code: ClassVar[str] = "foundation.calendar_conflict"

    def __init__(self, version: str) -> None:
        super().__init__(f"工作日历版本{version}已经导入,请为新内容另取版本号。", version=version)


class FileRefusedError(DomainError):
    """A file can't be taken; the subclasses say why."""

    code: ClassVar[str] = "foundation.file_refused"


class FileTooLargeError(FileRefusedError):
    """It is larger than the one declared limit."""

    code: ClassVar[str] = "foundation.file_too_large"


class FileTruncatedError(FileRefusedError):
    """It ended before its own end, or before the announced size."""

    code: ClassVar[str] = "foundation.file_truncated"


class FileTypeNotAllowedError(FileRefusedError):
    """Its content is of a kind that isn't asked for, whatever its name says."""

    code: ClassVar[str] = "foundation.file_type_not_allowed"


class FileInfectedError(FileRefusedError):
    """The malware scan found something."""

    code: ClassVar[str] = "foundation.file_infected"


class ScannerDownError(FileRefusedError):
    """The malware scan doesn't answer; nothing is taken unscanned where a scanner is set up."""

    code: ClassVar[str] = "foundation.scanner_down"


class FileDamagedError(DomainError):
    """The stored bytes were altered, cut or lost."""

    code: ClassVar[str] = "foundation.file_damaged"


class UnknownFileError(NotFoundError):
    """No file has this id."""

    code: ClassVar[str] = "foundation.unknown_file"

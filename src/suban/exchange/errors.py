"""Why a register could not be asked."""

from suban.kernel.errors import DomainError, NotFoundError


class UnknownResourceError(NotFoundError):
    """The catalogue of data resources has no such entry."""

    code = "exchange.unknown_resource"

    def __init__(self, resource: str) -> None:
        super().__init__(f"数据资源目录中没有“{resource}”，请核对事项定义中的资源名称", resource=resource)


class QueryIncompleteError(DomainError):
    """A field that the register needs is missing, or one it doesn't know was given."""

    code = "exchange.query_incomplete"

    def __init__(self, *, name: str, missing: tuple[str, ...], unknown: tuple[str, ...]) -> None:
        missing_text = f"缺少：{'、'.join(missing)}" if missing else ""
        unknown_text = f"多出：{'、'.join(unknown)}" if unknown else ""
        said = "；".join(filter(None, (missing_text, unknown_text)))
        super().__init__(
            f"“{name}”的查询条件不完整（{said}），请补齐后再查", missing=missing, unknown=unknown
        )


class PurposeMissingError(DomainError):
    """Personal data is asked for only for a stated purpose, within a case, by somebody."""

    code = "exchange.purpose_missing"

    def __init__(self) -> None:
        super().__init__("查询他部门数据须说明用途、所办事项和查询人，请从办件页面发起查询")


class RegisterDownError(DomainError):
    """The register gave no answer that can be relied on; the applicant uploads instead.

    `reason` is one of `unconfigured`, `network`, `timeout`, `unavailable`, `refused`, `malformed`, `resting`.
    """

    code = "exchange.register_down"

    def __init__(self, *, resource: str, name: str, provider: str, reason: str) -> None:
        super().__init__(
            f"{provider}的“{name}”暂时查不到，您可以先上传材料，不影响办理",
            resource=resource,
            source=provider,
            reason=reason,
        )
        self.resource, self.reason = resource, reason

"""The lint of matters that a department's own system handles."""

from collections.abc import Iterator

from suban.catalogue.types import Finding, Frame, MatterDefinition


def find_external_faults(definition: MatterDefinition) -> Iterator[Finding]:
    """Yield what doesn't go with being handled elsewhere.

    A filing is complete when the information is received (国令第673号第十三条): there is nothing that another
    system could accept or decide. Automation grants here, so it can't be left to another system either.
    """
    if definition.handled_by is None:
        return
    if definition.frame is not Frame.LICENCE:
        yield Finding(
            path="handled_by",
            rule="external.frame",
            message="只有行政许可程序的事项能交给部门自建系统办理",
        )
    if definition.automatic:
        yield Finding(
            path="automatic",
            rule="external.automatic",
            message="由部门自建系统办理的事项不能同时由本系统自动办理，automatic 应为 false",
        )

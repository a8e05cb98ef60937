"""What the framework leaves out of the OpenAPI description: refusals, permissions."""

from typing import TYPE_CHECKING, Any

from ninja.openapi.schema import OpenAPISchema

from suban.api.gates import PERMISSION, permission_of
from suban.api.problems import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from ninja import NinjaAPI
    from ninja.operation import Operation


def describe(schema: OpenAPISchema, api: "NinjaAPI") -> None:
    """Add to every operation its permission and the problems that it may answer with."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schema["components"]["schemas"].update(problem.pop("$defs", {}))
    schema["components"]["schemas"]["Problem"] = problem
    permissions = list_permissions(api)
    for path, methods in schema["paths"].items():
        for method, details in methods.items():
            details["responses"].setdefault("default", _problem_answer("拒绝或出错"))
            for status, words in _refusals(path, method, details):
                details["responses"].setdefault(status, _problem_answer(words))
            details[PERMISSION] = permissions.get((method.upper(), path.removeprefix("/api/v1")))


def list_permissions(api: "NinjaAPI") -> dict[tuple[str, str], str | None]:
    """Return the permission of every method of every path; None where it was forgotten."""
    return {
        (method, path): permission_of(operation.auth_callbacks, operation.openapi_extra)
        for path, operation in _walk(api)
        for method in operation.methods
    }


def _walk(api: "NinjaAPI") -> "list[tuple[str, Operation]]":
    found: list[tuple[str, Operation]] = []
    for router in api._get_bound_routers():  # noqa: SLF001 - ninja has no public way to list them
        for path, view in router.path_operations.items():
            found.extend((path, operation) for operation in view.operations)
    return found


def _refusals(path: str, method: str, details: dict[str, Any]) -> list[tuple[int, str]]:
    answers = [(422, "内容需要修改"), (429, "请求太频繁"), (500, "系统出错")]
    if details.get("security"):
        answers += [(401, "需要登录"), (403, "没有权限")]
    if "{" in path:
        answers.append((404, "没有找到，或不属于您"))
    if method != "get":
        answers += [(400, "无法读取"), (409, "与现状冲突"), (413, "内容太大")]
    return sorted(answers)


def _problem_answer(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }

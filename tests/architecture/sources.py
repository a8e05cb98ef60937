"""Reads source files as trees and says what in them breaks the house rules; knows nothing of this project's files."""

import ast
from collections.abc import Iterator
from typing import Final

LONGEST_FUNCTION: Final = 60
_WRITES: Final = frozenset(
    {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"}
)
_PROJECTIONS: Final = frozenset({"state", "due_on", "due_kind", "due_provisional", "legal_due_on"})
_SIGNALS: Final = ("django.dispatch", "django.db.models.signals", "django.core.signals")
Faults = list[str]


def find_long_functions(source: str) -> Faults:
    """Return the functions that are longer than the ceiling."""
    return [
        f"line {node.lineno}: {node.name} has {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def find_missing_docstring(source: str) -> Faults:
    """Return a fault if the module doesn't open by saying what it is for; an empty one needn't."""
    tree = ast.parse(source)
    return [] if not tree.body or ast.get_docstring(tree) else ["the module doesn't say what it is for"]


def find_assigned_projections(source: str) -> Faults:
    """Return where `state` or a due column of a row is assigned."""
    return [
        f"line {target.lineno}: .{target.attr} is assigned"
        for target in _targets(ast.parse(source))
        if isinstance(target, ast.Attribute)
        and target.attr in _PROJECTIONS
        # What an object keeps of its own arguments is no column.
        and not (isinstance(target.value, ast.Name) and target.value.id == "self")
    ]


def find_writes(source: str) -> Faults:
    """Return where rows are written: `.objects….create()` and its like, and `.save()`."""
    return [
        f"line {node.lineno}: .{node.func.attr}() writes"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            (node.func.attr in _WRITES and _goes_through_objects(node.func.value))
            or (node.func.attr == "save" and any(word.arg == "update_fields" for word in node.keywords))
        )
    ]


def find_signals(source: str) -> Faults:
    """Return where Django's signals are imported."""
    return [
        f"line {node.lineno}: imports {name}"
        for node in ast.walk(ast.parse(source))
        for name in _imported(node)
        if name.startswith(_SIGNALS)
    ]


def _targets(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            yield node.target


def _goes_through_objects(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(node))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []

"""The interface keeps to its own description, whatever is sent: schemathesis looks for the opposite."""

from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode

from suban.config.wsgi import application

pytestmark = pytest.mark.django_db
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.exclude(path_regex="/session$").parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_described(
    case: schemathesis.Case, token_for: Callable[[str], str], number: str
) -> None:
    token = token_for(case.operation.definition.raw["x-permission"])
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if "number" in case.path_parameters and case.meta.generation.mode is GenerationMode.POSITIVE:
        case.path_parameters["number"] = number

    case.call_and_validate(headers=headers)

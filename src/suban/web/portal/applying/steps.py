"""The four steps of an application and where each leads."""

from django.urls import reverse

from suban.catalogue.types import MatterDefinition
from suban.web.ui.presentation import StepView, step_views

TITLES = ("须知", "填表", "材料", "核对提交")
DELIVERY = "delivery"


def steps(number: str, matter_code: str, current: int) -> tuple[StepView, ...]:
    """Return the step bar of a draft."""
    urls = (
        reverse("portal:apply", args=[matter_code]),
        reverse("portal:form", args=[number]),
        reverse("portal:materials", args=[number]),
    )
    return step_views(TITLES, current, urls)


def part_keys(definition: MatterDefinition) -> tuple[str, ...]:
    """Return the pages of the second step: the sections of the form, then how the result comes."""
    return (*(section.key for section in definition.form), DELIVERY)


def part_url(number: str, key: str) -> str:
    """Return the address of one page of the form."""
    return reverse("portal:form_part", args=[number, key])


def problem_url(number: str, definition: MatterDefinition, problem: dict[str, str]) -> str:
    """Return where a problem can be mended."""
    key = problem["key"]
    if problem["where"] == "field":
        section = next((s.key for s in definition.form if any(f.name == key for f in s.fields)), "")
        return f"{part_url(number, section)}#f-{key}" if section else part_url(number, definition.form[0].key)
    if problem["where"] == "material":
        return f"{reverse('portal:materials', args=[number])}#m-{key}"
    if problem["where"] == "delivery":
        return part_url(number, DELIVERY)
    return "#checks" if problem["where"] == "check" else "#confirm"

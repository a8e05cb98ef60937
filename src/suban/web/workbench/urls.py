"""Addresses of the workbench."""

from django.urls import path

from suban.web.workbench.views import (
    administration,
    case,
    counter,
    departments,
    files,
    letters,
    supervision,
    turns,
    worklist,
)

app_name = "workbench"
urlpatterns = [
    path("", worklist.home, name="home"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/accept", case.accept, name="accept"),
    path("cases/<str:number>/on-spot", case.on_spot, name="grant_on_spot"),
    path("cases/<str:number>/steps/<str:step>", case.step, name="complete_step"),
    path("cases/<str:number>/correction", letters.correction, name="correction"),
    path("cases/<str:number>/grant", letters.grant, name="grant"),
    path("cases/<str:number>/refuse", letters.refuse, name="refuse"),
    path("cases/<str:number>/not-needed", turns.not_needed, name="not_needed"),
    path("cases/<str:number>/not-competent", turns.not_competent, name="not_competent"),
    path("cases/<str:number>/mending", turns.mending, name="mending"),
    path("cases/<str:number>/return", turns.return_step, name="return"),
    path("cases/<str:number>/false-material", turns.false_material, name="false_material"),
    path("cases/<str:number>/terminate", turns.terminate, name="terminate"),
    path("cases/<str:number>/dispatch", case.dispatch, name="dispatch"),
    path("cases/<str:number>/hand-over", case.hand_over, name="hand_over"),
    path("cases/<str:number>/materials/<str:key>", files.material, name="material_file"),
    path("cases/<str:number>/letters/<str:key>", files.letter, name="letter_file"),
    path("cases/<str:number>/result", files.result, name="result_file"),
    path("cases/<str:number>/label", files.label, name="label_file"),
    path("departments", departments.departments, name="departments"),
    path("cases/<str:number>/department", departments.handled, name="handled"),
    path("cases/<str:number>/department/pushes/<str:ref>", departments.resend, name="resend"),
    path("cases/<str:number>/department/messages/<int:message>", departments.settle, name="settle"),
    path("counter", counter.counter, name="counter"),
    path("counter/<str:number>", counter.counter_case, name="counter_case"),
    path("counter/<str:number>/form", counter.counter_form, name="counter_form"),
    path("counter/<str:number>/confirm", counter.counter_confirm, name="counter_confirm"),
    path("counter/<str:number>/receipt", counter.counter_receipt, name="counter_receipt"),
    path("counter/<str:number>/materials/<str:slot>", counter.counter_material, name="counter_material"),
    path("supervision", supervision.supervision, name="supervision"),
    path("administration", administration.administration, name="administration"),
    path("administration/dead-letters/<int:letter>", administration.revive_letter, name="revive"),
    path("messages", administration.sent, name="messages"),
]

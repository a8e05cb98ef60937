"""Addresses of the workbench."""

from django.urls import path

from suban.web.workbench.views import administration, case, files, letters, supervision, worklist

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
    path("cases/<str:number>/dispatch", case.dispatch, name="dispatch"),
    path("cases/<str:number>/hand-over", case.hand_over, name="hand_over"),
    path("cases/<str:number>/materials/<str:key>", files.material, name="material_file"),
    path("cases/<str:number>/letters/<str:key>", files.letter, name="letter_file"),
    path("cases/<str:number>/result", files.result, name="result_file"),
    path("cases/<str:number>/label", files.label, name="label_file"),
    path("supervision", supervision.supervision, name="supervision"),
    path("administration", administration.administration, name="administration"),
    path("administration/dead-letters/<int:letter>", administration.revive_letter, name="revive"),
    path("messages", administration.sent, name="messages"),
]

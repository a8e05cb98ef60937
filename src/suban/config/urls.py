"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

from suban.config.health import show_health

handler400 = "suban.web.ui.errors.bad_request"
handler403 = "suban.web.ui.errors.permission_denied"
handler404 = "suban.web.ui.errors.page_not_found"
handler429 = "suban.web.account.views.too_many_requests"
handler500 = "suban.web.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", show_health),
    path("", include("suban.web.ui.urls")),
    path("account/", include("suban.web.account.urls")),
    path("workbench/", include("suban.web.workbench.urls")),
    path("api/v1/", include("suban.api.urls")),
    path("api/departments/", include("suban.api.departments")),
    path("api/", include("suban.api.callbacks")),
    path("", include("suban.web.portal.urls")),
]

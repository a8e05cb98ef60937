"""Addresses of the account pages."""

from django.urls import path

from suban.web.account import views

app_name = "account"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("closed", views.closed, name="closed"),
    path("register", views.register, name="register"),
    path("switch", views.switch, name="switch"),
    path("me", views.me, name="me"),
    path("realname", views.realname, name="realname"),
    path("contact", views.contact, name="contact"),
    path("reads", views.reads, name="reads"),
    path("password", views.password, name="password"),
]

"""Use cases: register systems, push cases, take messages, watch for silence."""

from suban.departments.services.pushing import plan_push, resend_push, send_push
from suban.departments.services.receiving import identify_caller, receive_message
from suban.departments.services.settling import settle_message
from suban.departments.services.systems import (
    register_system,
    rotate_secret,
    switch_system,
)
from suban.departments.services.watching import forget_nonces, watch_silence

__all__ = [
    "forget_nonces",
    "identify_caller",
    "plan_push",
    "receive_message",
    "register_system",
    "resend_push",
    "rotate_secret",
    "send_push",
    "settle_message",
    "switch_system",
    "watch_silence",
]

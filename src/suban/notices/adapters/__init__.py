"""How notices really leave: mail over SMTP, text messages through an HTTP gateway."""

from suban.notices.adapters.mail import make_mail_sender
from suban.notices.adapters.sms import make_sms_gateway

__all__ = ["make_mail_sender", "make_sms_gateway"]

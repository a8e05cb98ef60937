"""Notices, their deliveries, and the ledger of what happened to each delivery."""

from typing import ClassVar

from django.db import models

from suban.notices.types import Channel, DeliveryState


class Notice(models.Model):
    """One notice to one inbox; its words and addresses are sealed for the owner of the inbox."""

    notice_id = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=200, unique=True)
    inbox = models.CharField(max_length=80)
    template = models.CharField(max_length=64)
    about = models.CharField(max_length=80, blank=True)
    sealed_words = models.BinaryField()
    sealed_address = models.BinaryField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """Listed per inbox, the newest first; unread ones are counted on every page."""

        indexes: ClassVar = [
            models.Index(name="notices_notice_inbox", fields=["inbox", "notice_id"]),
            models.Index(
                name="notices_notice_unread", fields=["inbox"], condition=models.Q(read_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notices_notice_has_inbox", condition=~models.Q(inbox="") & ~models.Q(key="")
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.notice_id}"


class Delivery(models.Model):
    """One notice through one channel; `message_id` is what the provider knows it by, at every attempt."""

    message_id = models.CharField(max_length=32, unique=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in DeliveryState])
    attempts = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)

    class Meta:
        """A notice goes through each channel once."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="notices_delivery_once", fields=["notice", "channel"]),
            models.CheckConstraint(
                name="notices_delivery_state_known",
                condition=models.Q(state__in=[s.value for s in DeliveryState])
                & models.Q(channel__in=[c.value for c in Channel]),
            ),
            models.CheckConstraint(
                name="notices_delivery_accepted_was_tried",
                condition=~models.Q(state=DeliveryState.ACCEPTED) | models.Q(attempts__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class LedgerRow(models.Model):
    """One thing that happened to a delivery; written once."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="ledger")
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in DeliveryState])
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        """Only states that exist."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="notices_ledger_state_known",
                condition=models.Q(state__in=[s.value for s in DeliveryState]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.detail}"

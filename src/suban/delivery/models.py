"""Parcels and what carriers reported of them."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from suban.delivery.types import SERVING, Capacity, ParcelState, Purpose, ReportKind

STATES: Final = [state.value for state in ParcelState]
PURPOSES: Final = [purpose.value for purpose in Purpose]
KINDS: Final = [kind.value for kind in ReportKind]
CAPACITIES: Final = [capacity.value for capacity in Capacity]
SERVING_CAPACITIES: Final = sorted(capacity.value for capacity in SERVING)
RETURNED: Final = ParcelState.RETURNED.value
SIGNED: Final = ParcelState.SIGNED.value
SIGNED_SCAN: Final = ReportKind.SIGNED.value


class Parcel(models.Model):
    """One parcel. State, signing and service are projections of its reports; never set by hand."""

    ref = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001 - unique once known
    case = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=16, choices=[(p, p) for p in PURPOSES])
    key = models.CharField(max_length=64)
    attempt = models.PositiveSmallIntegerField(default=1)
    sender_organ = models.CharField(max_length=18)
    sender_name = models.CharField(max_length=120)
    recipient = models.CharField(max_length=80, db_index=True)
    recipient_sealed = models.BinaryField()
    contents = models.CharField(max_length=100)
    state = models.CharField(
        max_length=20, choices=[(s, s) for s in STATES], default=ParcelState.ORDERED.value
    )
    ordered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signer_masked = models.CharField(max_length=60, blank=True)
    capacity = models.CharField(max_length=12, blank=True)
    served_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)
    chain_seq = models.PositiveIntegerField()
    chain_digest = models.CharField(max_length=80)

    class Meta:
        """One open parcel per key; served only if the right person signed."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "purpose", "attempt"], name="parcel_attempt_once"),
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=~Q(state=RETURNED),
                name="parcel_one_open_per_key",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="parcel_state_known"),
            models.CheckConstraint(
                condition=(
                    Q(state=SIGNED, served_on__isnull=False, capacity__in=SERVING_CAPACITIES)
                    | (~Q(state=SIGNED) & Q(served_on__isnull=True))
                ),
                name="parcel_served_only_if_signed",
            ),
            models.CheckConstraint(
                condition=Q(capacity="", signed_at__isnull=True)
                | Q(capacity__in=CAPACITIES, signed_at__isnull=False),
                name="parcel_signing_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.ref


class CarrierReport(models.Model):
    """One scan that a carrier reported; `proof_sealed` keeps its message and signature as they came."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="reports")
    event_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in KINDS])
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    place = models.CharField(max_length=100, blank=True)
    capacity = models.CharField(max_length=12, blank=True)
    signer_masked = models.CharField(max_length=60, blank=True)
    proof_sealed = models.BinaryField()
    proof_digest = models.CharField(max_length=80)

    class Meta:
        """Who took it is said exactly when somebody signed."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=SIGNED_SCAN, capacity__in=CAPACITIES)
                | (~Q(kind=SIGNED_SCAN) & Q(capacity="")),
                name="carrier_report_capacity_iff_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"

"""Use cases of delivery: order a parcel, take what the carrier reports, print the label."""

from suban.delivery.services.callbacks import record_carrier_callback
from suban.delivery.services.labels import render_parcel_label
from suban.delivery.services.orders import order_parcel, place_parcel

__all__ = ["order_parcel", "place_parcel", "record_carrier_callback", "render_parcel_label"]

"""Parcels (送达): papers carried to the addressee, and the proof of who signed for them."""

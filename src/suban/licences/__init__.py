"""Licences (证照): issued, signed, found again, verified offline, suspended, cancelled."""

"""What the outside world does for Suban, played on this machine: registers, SMS gateway, carrier.

Each simulator is a process of its own (`python -m suban.simulators NAME --port N`) that speaks the
real protocol of the adapter it serves, signatures and failures included. Simulators import kernel
only, so that they share no mistake with the adapters that they test.
"""

"""Notices (通知): messages to addresses, with a ledger of every attempt. Knows no persons."""

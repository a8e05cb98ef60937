"""The public REST interface at /api/v1: what an applicant's or an organ's own system needs.

One module per context. Thin: parse, check the permission, one service or query, answer. Every refusal is a
Problem (RFC 9457); the description of it all is at /api/v1/openapi.json.
"""

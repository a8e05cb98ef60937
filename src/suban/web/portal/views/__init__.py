"""The pages of the public site: read the request, ask one query or service, show."""

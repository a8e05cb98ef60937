"""People, companies, organs, staff, roles, mandates, sign-on (身份)."""

"""The public site (办事大厅): for people who apply a few times in their life, and companies."""

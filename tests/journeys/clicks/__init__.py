"""What the journeys are made of: a running site, people at their browsers, and what each of them clicks."""

"""Feedback (咨询与好差评): what people ask the window that handles a matter, and what it answers."""

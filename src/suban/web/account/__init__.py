"""Sign-in and what is one's own: shared by the public site and the staff's site."""

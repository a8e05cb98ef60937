"""Commands of the catalogue for whoever keeps the list of matters."""

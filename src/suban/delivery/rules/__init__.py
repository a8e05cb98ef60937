"""Pure decisions about parcels: how far, served or not, in which words, under which bars."""

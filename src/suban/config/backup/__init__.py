"""Backing an installation up to one moment, and bringing it back: `suban backup`, `suban restore`.

A backup is a folder:

    backup.json     what it is; written last, so that a folder without it is no backup
    SHA256SUMS      every file of it, in the form that `sha256sum -c` reads
    database.*      the database as one transaction saw it
    data/           keys and lists of the data folder, and of its files those that the database names
"""

"""Catalogue captured government news pages: evidence for every value, one SQLite file for all of them."""

"""Comparing bodies: fingerprint, compare, cluster. Pure functions over one body, one pair, one group.

What it must not do: read the catalogue, hold the whole collection, delete. Texts and figures come in, figures and
groups go out; what becomes of a duplicate is a cataloguer's decision.

Decision: a room of its own before it has files, because bodies that are the same need none: they have one SHA-256 of
their folded text (catalog/text/fold.py) and the store keeps each once. Near and contained copies will be measured here.
"""

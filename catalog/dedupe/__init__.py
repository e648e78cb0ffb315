"""Comparing bodies: fingerprint, compare, cluster. Pure functions over one body, one bucket, one pair, one component.

What it must not do: read the catalogue, hold the whole collection, delete. Folded texts, hashes and links come in,
figures, flags and groups go out; what becomes of a duplicate is a cataloguer's decision.

Decision: a sketch proposes and the exact figure decides, so that no pair below the threshold is ever linked; each step
is a function of one body or one pair, so links are the same whatever the order, and a distributed engine can run them.
NumPy is imported here alone, by the modules that hash or compare grams; what lists and shows loads none of them.
"""

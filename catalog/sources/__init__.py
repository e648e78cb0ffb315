"""Where captures come from: files and folders, a list on stdin, a manifest. Reads, never writes, never parses.

A source yields what it found in a fixed order and what it could not read as problems; it never stops a run because of
one bad file. Only a manifest is checked as a whole, because half a manifest is a wrong one.

Decision: order is by the bytes of the path and nothing is taken from the file system but names and bytes (a
modification time only when asked for), so that a copied folder gives the same catalogue.
"""

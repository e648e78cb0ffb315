"""From bytes to fields: decode, lines, segments, labels, readers, record. Pure: no files, clock, chance or logging.

Decision: each step looks at the whole page but makes new objects only. Text is matched on a folded view that has
the same length as the original, so that a place in one is a place in the other and no offset map can go wrong.
"""

"""What all rooms share: frozen dataclasses and the closed lists of names. Here invariants are checked, no work is done.

Decision: plain dataclasses instead of a validation library. The objects are made by our own code only;
what comes from outside is checked where it comes in (rules/load, store, sources).
"""

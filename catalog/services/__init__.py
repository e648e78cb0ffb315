"""One file a job: ingest, parse, tag, export … Joins the rooms below, owns transactions, and prints nothing.

Services introduce rooms to each other: the store is handed the function that decides which value wins, the
sources' captures are handed to the parser. What a service did comes back as an Outcome; the world (clock, progress,
the name of who works) comes in through Ports.

Decision: a service opens the catalogue itself where it has to choose how (to read, to write, not at all for a dry
run), so that no command can hold a writer open while it only looks.
"""

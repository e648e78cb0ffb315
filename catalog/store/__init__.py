"""The catalogue file, and nobody else knows that it is SQLite: open, migrate, save, find, journal.

The room never reads a page and never decides which value wins: services hand that in as a function, so that the
store and the reading of pages never import each other.

Decision: sqlite-utils runs the migrations and is loaded by writers alone; rows are written by plain prepared
statements, because an ingest writes some thirty rows a capture and an object mapper halves the speed. Readers use
the standard library with `mode=ro`, so that no report can change what it counts. Every writer works in explicit
IMMEDIATE transactions; a crash leaves whole batches. The journal mode is WAL only while a writer has the file
open, because a WAL file cannot be read from a folder that one may not write.
"""

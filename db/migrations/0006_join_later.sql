-- Pieces of the index are joined by sixteen and not by four while texts come in, and at the end of a run.
INSERT INTO bodies_search (bodies_search, rank) VALUES ('automerge', 16);

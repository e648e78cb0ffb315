"""Records on their way out, one file a format: a record in, plain text on a stream.

What it must not do: read the catalogue, decide who wins, or know whether anybody watches. It gets finished records.

Decision: a format is a module with `write_records(records, stream)`; the folder is the list of formats, so a new one
is one new file. JSON is written in one place (json_text.py): valid JSON may still carry characters that steer a
terminal, ours does not.
"""

"""The command line, one file a command: read the words, call one service, show the outcome.

What it must not do: decide, compute, or know SQL. Nothing below this room reads the environment or knows typer.

Decision: help is plain text. It loads in a third of the time of boxed help, can be copied whole, and its examples keep
their lines. Services, store and display are imported inside the commands: most of a short command's time is imports.
"""

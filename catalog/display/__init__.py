"""What people and programs see: tables, cards, evidence, summaries. The only room that prints and that knows rich.

What it must not do: read the catalogue, decide anything, change a value. It gets finished objects and shows them.

Decision: everything that comes from a page passes through safe.py on its way to a screen and is never read as
rich markup, since a page may print "[bold]" or an escape sequence as well as any other text. There is one shape of
table (model/table.py) and one place that turns it into each format, so that every list and report has all formats.
"""

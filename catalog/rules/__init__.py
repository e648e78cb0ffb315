"""The printed vocabulary as data, which load.py checks into one RuleSet: labels/, words/ and layouts/, all TOML.

What it must not do: read pages. Matching belongs to catalog.text, which gets the RuleSet as an argument.

Decision: rules are TOML tables that carry their own examples and look-alikes, so that a cataloguer can add a label
without touching Python and a test can run every claim. In one zone a word announces one field, whatever its file.

How the tables are meant:

- words and patterns are met on the folded view (catalog/text/fold.py): half-width, plain spaces, ":" "|" "[" "]" "("
  ")" for all their kinds;
- Han words are written without inner spaces, though pages pad them (监 审); Latin and Cyrillic words are whole words
  in any case;
- the longest word wins, over all files; a longer word of the list "lookalikes" wins too, and then nothing is found;
- a value ends at the next word of any rule, or at one of the list "stops": labels of things that are not recorded;
- `zones[0]` is where the label usually stands, and where its examples are read;
- `needs` of a pattern are characters of which each of its matches holds one: a line without any is not tried;
- patterns are compiled with MULTILINE, so ^ and $ are those of a line; a plain space stands for every blank but the
  newline.

A layout is for what general rules cannot know of one site, and no page needs one to be read: `known_by` (texts that
each of its pages prints), `values` (fields that are the same on all of them), and labels and lists as above, for its
pages only; ids of its labels begin with the file's name. What it says outranks the general rules, not a person.
"""

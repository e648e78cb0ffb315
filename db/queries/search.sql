-- Records in whose title, summary or body every word stands, found through the full-text index.
-- param: words   what a person types; white space parts the words
-- Runs in any program that opens the catalogue: sqlite3, Datasette. Letters A to Z are found in either case,
-- and they and figures in either width (２０２４ is 2024).
-- The index holds overlapping bigrams and a closing single character a run (unbroken text without marks): a word of one
-- run is the phrase of its bigrams, a single character the beginning of one. What the index finds of a word with marks
-- is looked at again, since it does not hold them; a word of marks alone is looked for in all texts.
WITH RECURSIVE
folded (code, words) AS (                       -- full-width letters and figures, one a step
  SELECT 65296, :words
   UNION ALL
  SELECT code + 1, CASE WHEN code BETWEEN 65306 AND 65312 OR code BETWEEN 65339 AND 65344 THEN words
                        ELSE replace(words, char(code), char(code - 65248)) END
    FROM folded
   WHERE code < 65371
),
typed (n, word, rest) AS (
  SELECT 0, '', replace(replace(replace(replace(words, char(9), ' '), char(10), ' '), char(13), ' '), char(12288), ' ') || ' '
    FROM folded
   WHERE code = 65371
   UNION ALL
  SELECT n + (instr(rest, ' ') > 1), substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
    FROM typed
   WHERE rest <> ''
),
words (n, word) AS (SELECT n, word FROM typed WHERE word <> ''),
placed (n, word, at, letter, code) AS (
  SELECT n, word, 1, substr(word, 1, 1), unicode(word) FROM words
   UNION ALL
  SELECT n, word, at + 1, substr(word, at + 1, 1), unicode(substr(word, at + 1)) FROM placed WHERE at < length(word)
),
letters (n, word, at, letter, in_run) AS (
  SELECT n, word, at, letter,
         NOT (code < 48 OR code BETWEEN 58 AND 64 OR code BETWEEN 91 AND 96 OR code BETWEEN 123 AND 191
              OR code BETWEEN 8192 AND 8303 OR code BETWEEN 12288 AND 12292 OR code BETWEEN 12296 AND 12320
              OR code = 12336 OR code BETWEEN 65281 AND 65295 OR code BETWEEN 65306 AND 65312
              OR code BETWEEN 65339 AND 65344 OR code BETWEEN 65371 AND 65381)
    FROM placed
),
around (n, at, letter, in_run, before_in_run, after, after_in_run) AS (
  SELECT n, at, letter, in_run, lag(in_run, 1, 0) OVER placing, lead(letter) OVER placing, lead(in_run) OVER placing
    FROM letters
  WINDOW placing AS (PARTITION BY n ORDER BY at)
),
tokens (n, at, token, is_open) AS (
  SELECT n, at, CASE WHEN after_in_run THEN letter || after ELSE letter END, after IS NULL
    FROM around
   WHERE in_run AND NOT (after IS NULL AND before_in_run)
),
phrases (n, phrase) AS (
  SELECT n, '"' || group_concat(token, ' ') || '"' || CASE WHEN max(is_open) THEN ' *' ELSE '' END
    FROM (SELECT * FROM tokens ORDER BY n, at)
   GROUP BY n
),
found (n, record_id, text) AS (                 -- what the index says, with the text in which the word should stand
  SELECT p.n, r.id, ifnull(r.title, '') || char(10) || ifnull(r.summary, '')
    FROM phrases AS p
   CROSS JOIN records_search AS s ON records_search MATCH p.phrase
    JOIN records AS r ON r.id = s.rowid
   UNION ALL
  SELECT p.n, r.id, b.text
    FROM phrases AS p
   CROSS JOIN bodies_search AS s ON bodies_search MATCH p.phrase
    JOIN bodies AS b ON b.id = s.rowid
    JOIN records AS r ON r.body_id = b.id
),
marked (n, word) AS (SELECT n, group_concat(letter, '') FROM (SELECT * FROM letters ORDER BY n, at) GROUP BY n HAVING NOT min(in_run)),
doubted (n, record_id, text, code) AS (
  SELECT n, record_id, text, 65296 FROM found WHERE n IN (SELECT n FROM marked)
   UNION ALL
  SELECT n, record_id,
         CASE WHEN code BETWEEN 65306 AND 65312 OR code BETWEEN 65339 AND 65344 THEN text
              ELSE replace(text, char(code), char(code - 65248)) END,
         code + 1
    FROM doubted
   WHERE code < 65371
),
hits (n, record_id) AS (
  SELECT n, record_id FROM found WHERE n NOT IN (SELECT n FROM marked)
   UNION
  SELECT d.n, d.record_id
    FROM doubted AS d
    JOIN marked AS m ON m.n = d.n
   WHERE d.code = 65371 AND instr(lower(d.text), lower(m.word))
   UNION
  SELECT w.n, r.id
    FROM words AS w
   CROSS JOIN records AS r
    LEFT JOIN bodies AS b ON b.id = r.body_id
   WHERE w.n NOT IN (SELECT n FROM phrases)
     AND (instr(lower(r.title), lower(w.word)) OR instr(lower(r.summary), lower(w.word))
          OR instr(lower(b.text), lower(w.word)))
)
SELECT r.id, r.title, r.published, r.source, r.site_name
  FROM hits
  JOIN records AS r ON r.id = hits.record_id
 GROUP BY r.id
HAVING count(*) = (SELECT count(*) FROM words)
 ORDER BY r.id;

-- Records that may be one and that identity could not decide: on one site, with one title, and of one day or one text.
-- Two that are known by different URLs need both: a site prints the same notice on many days, and many notices in one.
-- Pairs that a cataloguer keeps apart are left out. into is the one that is known by its URL, has more captures, came first.
-- param: ids   JSON array of records, one of which is one of the two (NULL: all)
WITH named AS (
  SELECT r.id, r.key_basis = 'url' AS has_url, r.site_name, lower(half_width(replace(r.title, ' ', ''))) AS title,
         substr(r.published, 1, 10) AS day, r.body_id,
         (SELECT count(*) FROM captures AS c WHERE c.record_id = r.id) AS captures
    FROM records AS r
   WHERE r.title IS NOT NULL AND r.site_name IS NOT NULL AND r.kind <> 'listing'
), ranked AS (
  SELECT *, row_number() OVER (ORDER BY has_url DESC, captures DESC, id) AS place FROM named
), pairs AS (
  SELECT one.id AS id, other.id AS into_id, one.day = other.day AS same_day, one.body_id = other.body_id AS same_body
    FROM ranked AS one
    JOIN ranked AS other ON other.site_name = one.site_name AND other.title = one.title AND other.place < one.place
   WHERE CASE WHEN one.has_url AND other.has_url THEN one.day = other.day AND one.body_id = other.body_id
              ELSE one.day = other.day OR one.body_id = other.body_id END
)
SELECT p.id, p.into_id, p.basis
  FROM (SELECT pairs.*, CASE WHEN same_day AND same_body THEN 'day and text' WHEN same_day THEN 'day' ELSE 'text' END
               AS basis FROM pairs) AS p
 WHERE NOT EXISTS (
         SELECT 1
           FROM captures AS mine
           JOIN capture_differences AS d ON mine.sha256 IN (d.sha256, d.other_sha256)
           JOIN captures AS theirs ON theirs.sha256 IN (d.sha256, d.other_sha256)
          WHERE mine.record_id = p.id AND theirs.record_id = p.into_id)
   AND (:ids IS NULL OR p.id IN (SELECT value FROM json_each(:ids)) OR p.into_id IN (SELECT value FROM json_each(:ids)))
 ORDER BY p.into_id, p.id;

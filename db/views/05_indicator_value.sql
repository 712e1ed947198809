-- One row a current report and quantity, printed or summed: the same key finds outcome.other in every edition, though
-- one prints it and the other only its parts. In sums a blank or a dash counts as 0, and a sum with an unreadable
-- or absent figure is NULL.
--   report_id: the report, for joins with the tables
--   agency: name of the agency
--   place_code: six-digit code of the administrative division
--   year: report year
--   scope: agency (the body's own figures) or area (all bodies that it governs); never add the two up
--   indicator: key of the quantity, table/row/column
--   english: the quantity in English
--   unit: unit; NULL where neither form nor page tell
--   value: the figure; NULL where the page prints none
--   summed: 0: printed in this edition; 1: the sum of what is printed
--   value_as_read: the same by the program's reading alone; another one where a person corrected it
SELECT
    r.id,
    a.name,
    NULLIF(a.place_code, ''),
    r.year,
    r.scope,
    i.key,
    i.english,
    CASE WHEN c.unit IS NULL THEN i.unit ELSE NULLIF(c.unit, '') END,
    c.value,
    0,
    c.value_as_read
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN cell_figure AS c ON c.report_id = r.id
JOIN indicator AS i ON i.id = c.indicator_id
WHERE r.is_current = 1
UNION ALL
SELECT
    r.id,
    a.name,
    NULLIF(a.place_code, ''),
    r.year,
    r.scope,
    i.key,
    i.english,
    i.unit,
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(COALESCE(c.value, 0)) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id),
    1,
    (SELECT CASE WHEN MAX(c.state_as_read) <= 2 THEN SUM(COALESCE(c.value_as_read, 0)) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id)
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN indicator_edition AS e ON e.edition = r.edition AND e.summed = 1
JOIN indicator AS i ON i.id = e.indicator_id
WHERE r.is_current = 1

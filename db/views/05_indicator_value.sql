-- One row a current report and quantity, printed or summed: the same key finds outcome.other in every edition, though
-- one prints it and the other only its parts. A sum is NULL where none of its terms is a number, or one of them is unreadable
-- or absent; beside a number a blank or a dash counts as 0.
--   report_id: the report, for joins with the tables
--   agency: name of the agency
--   place_code: six-digit code of the administrative division
--   province: province
--   city: city
--   county: county
--   level: national, province, city, county or township
--   field: field of work
--   year: report year
--   scope: agency (the body's own figures) or area (all bodies that it governs); never add the two up
--   indicator: key of the quantity, table/row/column
--   english: the quantity in English
--   unit: unit; NULL where neither form nor page tell
--   value: the figure; NULL where the page prints none
--   summed: 0: printed in this edition; 1: the sum of what is printed
--   value_as_read: the same by the program's reading alone; another one where a person corrected it
--   errors: findings of severity error (of the report itself) that stand, see finding_count
--   doubts: findings about our own reading of the report that stand
SELECT
    r.id,
    a.name,
    NULLIF(a.place_code, ''),
    a.province,
    a.city,
    a.county,
    a.level,
    a.field,
    r.year,
    r.scope,
    i.key,
    i.english,
    CASE WHEN c.unit IS NULL THEN i.unit ELSE NULLIF(c.unit, '') END,
    c.value,
    0,
    c.value_as_read,
    (SELECT n.errors FROM finding_count AS n WHERE n.report_id = r.id),
    (SELECT n.doubts FROM finding_count AS n WHERE n.report_id = r.id)
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
    a.province,
    a.city,
    a.county,
    a.level,
    a.field,
    r.year,
    r.scope,
    i.key,
    i.english,
    i.unit,
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id),
    1,
    (SELECT CASE WHEN MAX(c.state_as_read) <= 2 THEN SUM(c.value_as_read) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id),
    (SELECT n.errors FROM finding_count AS n WHERE n.report_id = r.id),
    (SELECT n.doubts FROM finding_count AS n WHERE n.report_id = r.id)
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN indicator_edition AS e ON e.edition = r.edition AND e.summed = 1
JOIN indicator AS i ON i.id = e.indicator_id
WHERE r.is_current = 1

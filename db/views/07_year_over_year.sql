-- One row a quantity that two current reports of one agency and scope, for years that follow each other, both have,
-- printed or summed. What two editions do not count alike has different keys and never meets here (rules, normative
-- documents and fees before 2021 and since); decisions before 2021 were counted more loosely by some agencies.
--   report_id: the report, for joins with the tables
--   agency: name of the agency
--   place_code: six-digit code of the administrative division
--   year: report year
--   scope: agency (the body's own figures) or area (all bodies that it governs); never add the two up
--   indicator: key of the quantity, table/row/column
--   english: the quantity in English
--   unit: unit of the form
--   value: figure of the year; NULL where the page prints none
--   previous: figure of the year before
--   change: value less previous
--   growth: change / previous; NULL when previous is 0 or negative
--   replaced: figures of the two years in which a person's reading counts instead of the program's (cell_corrected has both)
SELECT
    y.report_id,
    y.agency,
    y.place_code,
    y.year,
    y.scope,
    y.indicator,
    y.english,
    y.unit,
    y.value,
    y.previous,
    y.value - y.previous,
    CASE WHEN y.previous > 0 THEN 1.0 * (y.value - y.previous) / y.previous END,
    y.replaced
FROM (
    SELECT
        r.id AS report_id,
        a.name AS agency,
        NULLIF(a.place_code, '') AS place_code,
        r.year AS year,
        r.scope AS scope,
        i.key AS indicator,
        i.english AS english,
        i.unit AS unit,
        (SELECT CASE WHEN e.summed = 0 THEN (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = i.id) ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(COALESCE(c.value, 0)) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id) END FROM indicator_edition AS e WHERE e.edition = r.edition AND e.indicator_id = i.id) AS value,
        (SELECT CASE WHEN e.summed = 0 THEN (SELECT c.value FROM cell_figure AS c WHERE c.report_id = p.id AND c.indicator_id = i.id) ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(COALESCE(c.value, 0)) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = p.id AND c.indicator_id = t.term_id WHERE t.indicator_id = i.id) END FROM indicator_edition AS e WHERE e.edition = p.edition AND e.indicator_id = i.id) AS previous,
        (SELECT COUNT(*) FROM cell_correction AS x WHERE x.report_id IN (r.id, p.id) AND x.replaces = 1 AND (x.indicator_id = i.id OR x.indicator_id IN (SELECT t.term_id FROM indicator_term AS t WHERE t.indicator_id = i.id))) AS replaced
    FROM report AS r
    JOIN agency AS a ON a.id = r.agency_id
    JOIN report AS p ON p.agency_id = r.agency_id AND p.year = r.year - 1 AND p.scope = r.scope AND p.is_current = 1
    JOIN indicator_edition AS er ON er.edition = r.edition
    JOIN indicator_edition AS ep ON ep.edition = p.edition AND ep.indicator_id = er.indicator_id
    JOIN indicator AS i ON i.id = er.indicator_id
    WHERE r.is_current = 1
) AS y

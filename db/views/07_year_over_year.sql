-- One row a quantity that two current reports of one agency and scope, for years that follow each other, both have,
-- printed or summed. What two editions do not count alike has different keys and never meets here (rules, normative
-- documents and fees before 2021 and since); decisions before 2021 were counted more loosely by some agencies. Money whose
-- unit one of the two pages leaves open is not compared, unless it is 0: both figures stand here as printed, and what compares
-- them is NULL.
-- A sum is NULL where none of its terms is a number, or one of them is unreadable or absent; beside a number a blank counts as 0.
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
--   unit: unit of both figures; NULL where it is not known of one of them, or not the same
--   value: figure of the year; NULL where the page prints none
--   previous: figure of the year before
--   change: value less previous; NULL where unit is
--   growth: change / previous; NULL where unit is, and when previous is 0 or negative
--   replaced: figures of the two years in which a person's reading counts instead of the program's (cell_corrected has both)
--   errors: findings of severity error (of the two reports themselves) that stand, see finding_count
--   doubts: findings about our own reading of the two reports that stand
SELECT
    y.report_id,
    y.agency,
    y.place_code,
    y.province,
    y.city,
    y.county,
    y.level,
    y.field,
    y.year,
    y.scope,
    y.indicator,
    y.english,
    y.unit,
    y.value,
    y.previous,
    CASE WHEN y.unit IS NOT NULL THEN y.value - y.previous END,
    CASE WHEN y.unit IS NOT NULL AND y.previous > 0 THEN 1.0 * (y.value - y.previous) / y.previous END,
    y.replaced,
    y.errors,
    y.doubts
FROM (
    SELECT
        x.*,
        CASE
            WHEN x.own_unit = x.previous_unit OR (x.own_unit = '' AND x.printed = 0) THEN NULLIF(x.previous_unit, '')
            WHEN x.previous_unit = '' AND x.previous_printed = 0 THEN x.own_unit
        END AS unit,
        CASE WHEN x.summed = 0
            THEN x.printed
            ELSE (SELECT CASE WHEN MAX(s.state) <= 2 THEN SUM(s.value) END FROM indicator_term AS t JOIN cell_figure AS s ON s.report_id = x.report_id AND s.indicator_id = t.term_id WHERE t.indicator_id = x.indicator_id)
        END AS value,
        CASE WHEN x.previous_summed = 0
            THEN x.previous_printed
            ELSE (SELECT CASE WHEN MAX(s.state) <= 2 THEN SUM(s.value) END FROM indicator_term AS t JOIN cell_figure AS s ON s.report_id = x.previous_id AND s.indicator_id = t.term_id WHERE t.indicator_id = x.indicator_id)
        END AS previous,
        (SELECT COUNT(*) FROM cell_correction AS k WHERE k.report_id IN (x.report_id, x.previous_id) AND k.replaces = 1 AND (k.indicator_id = x.indicator_id OR k.indicator_id IN (SELECT t.term_id FROM indicator_term AS t WHERE t.indicator_id = x.indicator_id))) AS replaced
    FROM (
        -- The cells are joined as cell_figure joins them, but by name: a view of two tables at the right of a LEFT JOIN is
        -- made in full by SQLite before it is looked into.
        SELECT
            r.id AS report_id,
            p.id AS previous_id,
            a.name AS agency,
            NULLIF(a.place_code, '') AS place_code,
            a.province AS province,
            a.city AS city,
            a.county AS county,
            a.level AS level,
            a.field AS field,
            r.year AS year,
            r.scope AS scope,
            i.id AS indicator_id,
            i.key AS indicator,
            i.english AS english,
            COALESCE(c.unit, i.unit) AS own_unit,
            COALESCE(q.unit, i.unit) AS previous_unit,
            er.summed AS summed,
            ep.summed AS previous_summed,
            CASE WHEN k.state IS NULL THEN c.value ELSE k.value END AS printed,
            CASE WHEN l.state IS NULL THEN q.value ELSE l.value END AS previous_printed,
            n.errors + m.errors AS errors,
            n.doubts + m.doubts AS doubts
        FROM report AS r
        JOIN agency AS a ON a.id = r.agency_id
        JOIN report AS p ON p.agency_id = r.agency_id AND p.year = r.year - 1 AND p.scope = r.scope AND p.is_current = 1
        JOIN finding_count AS n ON n.report_id = r.id
        JOIN finding_count AS m ON m.report_id = p.id
        JOIN indicator_edition AS er ON er.edition = r.edition
        JOIN indicator_edition AS ep ON ep.edition = p.edition AND ep.indicator_id = er.indicator_id
        JOIN indicator AS i ON i.id = er.indicator_id
        LEFT JOIN cell AS c ON c.report_id = r.id AND c.indicator_id = i.id
        LEFT JOIN cell_correction AS k ON k.report_id = c.report_id AND k.indicator_id = c.indicator_id
        LEFT JOIN cell AS q ON q.report_id = p.id AND q.indicator_id = i.id
        LEFT JOIN cell_correction AS l ON l.report_id = q.report_id AND l.indicator_id = q.indicator_id
        WHERE r.is_current = 1
    ) AS x
) AS y

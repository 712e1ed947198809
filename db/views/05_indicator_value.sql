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
    x.report_id,
    x.agency,
    x.place_code,
    x.province,
    x.city,
    x.county,
    x.level,
    x.field,
    x.year,
    x.scope,
    x.indicator,
    x.english,
    x.unit,
    CASE WHEN x.summed = 0
        THEN x.printed
        ELSE (SELECT CASE WHEN MAX(s.state) <= 2 THEN SUM(s.value) END FROM indicator_term AS t JOIN cell_figure AS s ON s.report_id = x.report_id AND s.indicator_id = t.term_id WHERE t.indicator_id = x.indicator_id)
    END,
    x.summed,
    CASE WHEN x.summed = 0
        THEN x.printed_as_read
        ELSE (SELECT CASE WHEN MAX(s.state) <= 2 THEN SUM(s.value) END FROM indicator_term AS t JOIN cell AS s ON s.report_id = x.report_id AND s.indicator_id = t.term_id WHERE t.indicator_id = x.indicator_id)
    END,
    x.errors,
    x.doubts
FROM (
    -- The cells are joined as cell_figure joins them, see year_over_year.
    SELECT
        r.id AS report_id,
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
        CASE WHEN c.unit IS NULL THEN i.unit ELSE NULLIF(c.unit, '') END AS unit,
        e.summed AS summed,
        CASE WHEN k.state IS NULL THEN c.value ELSE k.value END AS printed,
        c.value AS printed_as_read,
        n.errors AS errors,
        n.doubts AS doubts
    FROM report AS r
    LEFT JOIN agency AS a ON a.id = r.agency_id
    JOIN finding_count AS n ON n.report_id = r.id
    JOIN indicator_edition AS e ON e.edition = r.edition
    JOIN indicator AS i ON i.id = e.indicator_id
    LEFT JOIN cell AS c ON c.report_id = r.id AND c.indicator_id = i.id
    LEFT JOIN cell_correction AS k ON k.report_id = c.report_id AND k.indicator_id = c.indicator_id
    WHERE r.is_current = 1
) AS x

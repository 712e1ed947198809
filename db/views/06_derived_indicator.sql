-- One row a current report and derived indicator that its edition allows: rates and shares with numerator and
-- denominator (show n beside every rate, and do not rank where it is below 10, or where errors or doubts is not 0), and a few
-- amounts. A blank or a dash counts as 0. But a sum is NULL where a term is unreadable or absent; a denominator and an amount
-- also where no term is a number, and a numerator where, besides, the report leaves whole tables, parts or totals blank
-- (findings table.blank, parts.not_stated, totals.not_stated). The value is NULL where either is, and where n is 0.
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
--   indicator: name of the derived indicator (table formula)
--   chinese: its name in Chinese
--   english: what it says
--   value: numerator / denominator, or the amount
--   numerator: sum of the figures above the line
--   n: the denominator; NULL for an amount
--   errors: findings of severity error (of the report itself) that stand, see finding_count
--   doubts: findings about our own reading of the report that stand
--   replaced: figures of the row in which a person's reading counts instead of the program's (cell_corrected has both)
SELECT
    q.report_id,
    q.agency,
    q.place_code,
    q.province,
    q.city,
    q.county,
    q.level,
    q.field,
    q.year,
    q.scope,
    q.key,
    q.chinese,
    q.english,
    CASE WHEN q.is_ratio = 0 THEN q.numerator WHEN q.denominator > 0 THEN 1.0 * q.numerator / q.denominator END,
    q.numerator,
    q.denominator,
    q.errors,
    q.doubts,
    q.replaced
FROM (
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
        d.key AS key,
        d.chinese AS chinese,
        d.english AS english,
        d.is_ratio AS is_ratio,
        CASE WHEN d.key = 'completeness' THEN r.cells_read ELSE (
            SELECT CASE
                WHEN MAX(c.state) > 2 THEN NULL
                WHEN COUNT(c.value) > 0 THEN SUM(t.weight * c.value)
                WHEN d.is_ratio = 1 AND NOT EXISTS (SELECT 1 FROM finding AS x WHERE x.report_id = r.id AND x.rule IN ('table.blank', 'parts.not_stated', 'totals.not_stated')) THEN 0
            END
            FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id
            WHERE t.formula_key = d.key AND t.side = 'numerator'
        ) END AS numerator,
        CASE WHEN d.key = 'completeness' THEN r.cell_count ELSE (
            SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END
            FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id
            WHERE t.formula_key = d.key AND t.side = 'denominator'
        ) END AS denominator,
        n.errors AS errors,
        n.doubts AS doubts,
        (SELECT COUNT(DISTINCT x.indicator_id) FROM cell_correction AS x JOIN formula_term AS t ON t.indicator_id = x.indicator_id WHERE x.report_id = r.id AND x.replaces = 1 AND t.formula_key = d.key) AS replaced
    FROM report AS r
    LEFT JOIN agency AS a ON a.id = r.agency_id
    JOIN finding_count AS n ON n.report_id = r.id
    CROSS JOIN (
        SELECT key, chinese, english, is_ratio FROM formula
        UNION ALL
        SELECT 'completeness', '完整率', 'Cells that are number, blank or dash, of the cells of the form', 1
    ) AS d
    WHERE r.is_current = 1
    AND CASE WHEN d.key = 'completeness' THEN r.cell_count > 0 ELSE
        (d.key, r.edition) IN (SELECT t.formula_key, e.edition FROM formula_term AS t JOIN indicator_edition AS e ON e.indicator_id = t.indicator_id AND e.summed = 0 WHERE t.side = 'numerator')
        AND (d.is_ratio = 0 OR (d.key, r.edition) IN (SELECT t.formula_key, e.edition FROM formula_term AS t JOIN indicator_edition AS e ON e.indicator_id = t.indicator_id AND e.summed = 0 WHERE t.side = 'denominator'))
    END
) AS q

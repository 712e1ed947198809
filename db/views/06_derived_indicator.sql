-- One row a current report and derived indicator that its edition allows: rates and shares with numerator and
-- denominator (show n beside every rate, and do not rank where it is below 10, or where errors or doubts is not 0), and a few
-- amounts. Numerator and denominator are NULL where none of their terms is a number, or one of them is unreadable or absent;
-- beside a number a blank or a dash counts as 0. The value is NULL where either is, and where the denominator is 0.
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
    f.key,
    f.chinese,
    f.english,
    CASE
        WHEN f.is_ratio = 0 THEN (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'numerator')
        WHEN (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'denominator') > 0 THEN 1.0 * (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'numerator') / (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'denominator')
    END,
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'numerator'),
    CASE WHEN f.is_ratio = 1 THEN (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(t.weight * c.value) END FROM formula_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.indicator_id WHERE t.formula_key = f.key AND t.side = 'denominator') END,
    (SELECT n.errors FROM finding_count AS n WHERE n.report_id = r.id),
    (SELECT n.doubts FROM finding_count AS n WHERE n.report_id = r.id),
    (SELECT COUNT(DISTINCT x.indicator_id) FROM cell_correction AS x JOIN formula_term AS t ON t.indicator_id = x.indicator_id WHERE x.report_id = r.id AND x.replaces = 1 AND t.formula_key = f.key)
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
CROSS JOIN formula AS f
WHERE r.is_current = 1
AND EXISTS (SELECT 1 FROM formula_term AS t JOIN indicator_edition AS e ON e.indicator_id = t.indicator_id AND e.edition = r.edition AND e.summed = 0 WHERE t.formula_key = f.key AND t.side = 'numerator')
AND (f.is_ratio = 0 OR EXISTS (SELECT 1 FROM formula_term AS t JOIN indicator_edition AS e ON e.indicator_id = t.indicator_id AND e.edition = r.edition AND e.summed = 0 WHERE t.formula_key = f.key AND t.side = 'denominator'))
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
    'completeness',
    '完整率',
    'Cells that are number, blank or dash, of the cells of the form',
    1.0 * r.cells_read / r.cell_count,
    r.cells_read,
    r.cell_count,
    (SELECT n.errors FROM finding_count AS n WHERE n.report_id = r.id),
    (SELECT n.doubts FROM finding_count AS n WHERE n.report_id = r.id),
    0
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
WHERE r.is_current = 1 AND r.cell_count > 0

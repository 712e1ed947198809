-- Reconsiderations and lawsuits: for each current report the three kinds that the form prints, and lawsuits of both
-- kinds together (kind litigation, summed: NULL where neither term is a number, or one is unreadable or absent; a blank or a dash beside a number
-- counts as 0).
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
--   kind: review, litigation.direct, litigation.after_review, or litigation (the sum of the last two)
--   kind_label: the form's labels
--   summed: 1 for litigation, which the form does not print
--   upheld: the agency's act was upheld
--   corrected: it was corrected
--   other_result: other result
--   pending: not concluded
--   total: total as printed (or summed)
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
    k.row_key,
    k.row_label,
    e.summed,
    CASE WHEN e.summed = 0
        THEN (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'upheld')
        ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'upheld')
    END,
    CASE WHEN e.summed = 0
        THEN (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'corrected')
        ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'corrected')
    END,
    CASE WHEN e.summed = 0
        THEN (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'other')
        ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'other')
    END,
    CASE WHEN e.summed = 0
        THEN (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'pending')
        ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'pending')
    END,
    CASE WHEN e.summed = 0
        THEN (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'total')
        ELSE (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'review_litigation' AND i.row_key = k.row_key AND i.column_key = 'total')
    END,
    n.errors,
    n.doubts,
    (SELECT COUNT(*) FROM cell_correction AS x JOIN indicator AS i ON i.id = x.indicator_id WHERE x.report_id = r.id AND x.replaces = 1 AND i.table_key = 'review_litigation' AND (i.row_key = k.row_key OR (e.summed = 1 AND i.row_key IN ('litigation.direct', 'litigation.after_review'))))
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN finding_count AS n ON n.report_id = r.id
JOIN indicator_edition AS e ON e.edition = r.edition
JOIN indicator AS k ON k.id = e.indicator_id AND k.table_key = 'review_litigation' AND k.column_key = 'total'
WHERE r.is_current = 1

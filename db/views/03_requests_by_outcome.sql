-- One row a current report and row of the form's table of requests (received, each outcome, total, carried forward),
-- as printed, with the applicants side by side. Only legal_entity is a sum: NULL where none of its terms is a number, or one of
-- them is unreadable or absent; beside a number a blank or a dash counts as 0.
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
--   outcome: key of the row
--   outcome_label: the form's labels, from the outermost group inwards
--   position: order of the rows
--   natural_person: figure of this kind of applicant
--   business: figure of this kind of applicant
--   research_institute: figure of this kind of applicant
--   public_welfare_org: figure of this kind of applicant
--   legal_service: figure of this kind of applicant
--   other_org: figure of this kind of applicant
--   total: figure of this kind of applicant
--   legal_entity: legal persons and other organisations, the sum of their five kinds
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
    k.position,
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'natural_person'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'business'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'research_institute'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'public_welfare_org'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'legal_service'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'other_org'),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key = 'total'),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = k.row_key AND i.column_key IN ('business', 'research_institute', 'public_welfare_org', 'legal_service', 'other_org')),
    n.errors,
    n.doubts,
    (SELECT COUNT(*) FROM cell_correction AS x JOIN indicator AS i ON i.id = x.indicator_id WHERE x.report_id = r.id AND x.replaces = 1 AND i.table_key = 'requests' AND i.row_key = k.row_key)
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN finding_count AS n ON n.report_id = r.id
JOIN indicator_edition AS e ON e.edition = r.edition AND e.summed = 0
JOIN indicator AS k ON k.id = e.indicator_id AND k.table_key = 'requests' AND k.column_key = 'total'
WHERE r.is_current = 1

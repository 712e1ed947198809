-- One row a current report and kind of applicant (the printed columns of the form, the column total included):
-- what they asked for and what became of it. A sum is NULL where none of its terms is a number, or one of them is unreadable
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
--   applicant: natural_person, business, research_institute, public_welfare_org, legal_service, other_org or total
--   applicant_label: the form's label
--   received: new requests received
--   carried_over: carried over from the year before
--   granted: granted
--   granted_in_part: granted in part
--   denied: denied, all reasons (summed; NULL where no reason has a number)
--   unable: unable to provide, all reasons (summed in the same way)
--   not_processed: not processed, all reasons (summed in the same way)
--   other: other handling (printed in the 2019 edition, summed in later ones)
--   outcomes: all outcomes of the year, as printed
--   carried_forward: carried forward to the next year
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
    k.column_key,
    k.column_label,
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'received.new' AND i.column_key = k.column_key),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'received.carried_over' AND i.column_key = k.column_key),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.granted' AND i.column_key = k.column_key),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.partial' AND i.column_key = k.column_key),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.denied' AND i.column_key = k.column_key),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.unable' AND i.column_key = k.column_key),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.not_processed' AND i.column_key = k.column_key),
    COALESCE(
        (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.other' AND i.column_key = k.column_key),
        (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator AS i JOIN indicator_term AS t ON t.indicator_id = i.id JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.other' AND i.column_key = k.column_key)
    ),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'outcome.total' AND i.column_key = k.column_key),
    (SELECT c.value FROM indicator AS i JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = i.id WHERE i.table_key = 'requests' AND i.row_key = 'carried_forward' AND i.column_key = k.column_key),
    n.errors,
    n.doubts,
    (SELECT COUNT(*) FROM cell_correction AS x JOIN indicator AS i ON i.id = x.indicator_id WHERE x.report_id = r.id AND x.replaces = 1 AND i.table_key = 'requests' AND i.column_key = k.column_key)
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN finding_count AS n ON n.report_id = r.id
JOIN indicator_edition AS e ON e.edition = r.edition AND e.summed = 0
JOIN indicator AS k ON k.id = e.indicator_id AND k.table_key = 'requests' AND k.row_key = 'received.new'
WHERE r.is_current = 1

-- One row a finding about a current report.
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
--   finding_id: the finding, for joins with finding_place
--   rule: code of the rule
--   severity: error, warning or hint
--   whose: agency: the page really says so; reading: we may have misread it, and nobody looked yet
--   settled: confirmed: a person looked at each of its cells, and it stands; resolved: with their figures it is gone; NULL: open
--   message: the sentence for a person
--   expected: what the rule asks for
--   actual: what is there
--   place_count: number of cells and other places concerned
--   first_place: the first of them
--   origin: report: found in the report alone; correction: in the report with people's corrections; store: by comparing it with others
--   file: name of the file
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
    f.id,
    f.rule,
    f.severity,
    CASE WHEN f.settled = 'confirmed' THEN 'agency' ELSE f.whose END,
    f.settled,
    f.message,
    f.expected,
    f.actual,
    (SELECT COUNT(*) FROM finding_place AS p WHERE p.finding_id = f.id),
    (SELECT COALESCE(i.key, p.place) FROM finding_place AS p LEFT JOIN indicator AS i ON i.id = p.indicator_id WHERE p.finding_id = f.id AND p.position = 0),
    f.origin,
    s.name
FROM finding AS f
JOIN report AS r ON r.id = f.report_id
JOIN source AS s ON s.id = r.source_id
LEFT JOIN agency AS a ON a.id = r.agency_id
WHERE r.is_current = 1

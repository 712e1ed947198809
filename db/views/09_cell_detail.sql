-- One row a cell of a current report, in words, with the place on the page that it was read from.
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
--   table_key: table of the form
--   row_key: row
--   column_key: column
--   row_label: the form's labels of the row, from the outermost group inwards
--   column_label: the form's labels of the column
--   english: row and column in English
--   value: the figure as printed; NULL in every state but number
--   state: number, blank, dash, unreadable or absent
--   raw: what is printed
--   unit: unit; NULL where neither form nor page tell
--   doubtful: 1 when a finding says that we may have misread the cell, and nobody has looked and settled it
--   verdict: what a person said of it (confirmed, corrected, agency_error); NULL: nobody did
--   value_best: the figure that the page prints by that person's eyes, else value
--   state_best: the state by that person's eyes, else state
--   page: page, from 1
--   x0: left edge in points
--   y0: upper edge in points, from the top of the page
--   x1: right edge in points
--   y1: lower edge in points
--   start: first character in the canonical text, from 0
--   length: number of characters
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
    i.table_key,
    i.row_key,
    i.column_key,
    i.row_label,
    i.column_label,
    i.english,
    c.value,
    CASE c.state WHEN 0 THEN 'number' WHEN 1 THEN 'blank' WHEN 2 THEN 'dash' WHEN 3 THEN 'unreadable' ELSE 'absent' END,
    COALESCE(c.raw, CASE c.state WHEN 0 THEN CAST(c.value AS TEXT) WHEN 2 THEN '/' ELSE '' END),
    CASE WHEN c.unit IS NULL THEN i.unit ELSE NULLIF(c.unit, '') END,
    CASE
        WHEN k.id IS NOT NULL AND (k.verdict = 'corrected' OR (k.state = c.state AND (k.value IS NULL OR k.value = c.value))) THEN 0
        WHEN EXISTS (SELECT 1 FROM finding AS f JOIN finding_place AS p ON p.finding_id = f.id WHERE f.report_id = r.id AND f.whose = 'reading' AND p.indicator_id = c.indicator_id) THEN 1
        ELSE 0
    END,
    k.verdict,
    CASE WHEN k.id IS NULL THEN c.value ELSE k.value END,
    CASE COALESCE(k.state, c.state) WHEN 0 THEN 'number' WHEN 1 THEN 'blank' WHEN 2 THEN 'dash' WHEN 3 THEN 'unreadable' ELSE 'absent' END,
    v.page,
    v.x0 / 10.0,
    v.y0 / 10.0,
    v.x1 / 10.0,
    v.y1 / 10.0,
    v.start,
    v.length,
    s.name
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN source AS s ON s.id = r.source_id
JOIN cell AS c ON c.report_id = r.id
JOIN indicator AS i ON i.id = c.indicator_id
LEFT JOIN cell_evidence AS v ON v.report_id = c.report_id AND v.indicator_id = c.indicator_id
LEFT JOIN correction AS k ON k.sha256 = s.sha256 AND k.indicator_id = c.indicator_id AND k.withdrawn IS NULL
WHERE r.is_current = 1

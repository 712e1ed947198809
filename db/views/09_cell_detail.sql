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
--   value: the figure that counts: by the eyes of a person who looked, else as read; NULL in every state but number
--   state: number, blank, dash, unreadable or absent; the state that counts
--   value_as_read: the figure that the program read
--   state_as_read: the state that the program read
--   raw: the characters that the program read
--   unit: unit; NULL where neither form nor page tell
--   doubtful: 1 when a finding says that we may have misread the cell, and nobody has looked and settled it
--   verdict: what a person said of it (confirmed, corrected, agency_error); NULL: nobody did
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
    c.value_as_read,
    CASE c.state_as_read WHEN 0 THEN 'number' WHEN 1 THEN 'blank' WHEN 2 THEN 'dash' WHEN 3 THEN 'unreadable' ELSE 'absent' END,
    COALESCE(c.raw, CASE c.state_as_read WHEN 0 THEN CAST(c.value_as_read AS TEXT) WHEN 2 THEN '/' ELSE '' END),
    CASE WHEN c.unit IS NULL THEN i.unit ELSE NULLIF(c.unit, '') END,
    CASE
        WHEN c.verdict = 'corrected' OR (c.verdict IS NOT NULL AND c.replaced = 0) THEN 0
        WHEN EXISTS (SELECT 1 FROM finding AS f JOIN finding_place AS p ON p.finding_id = f.id WHERE f.report_id = r.id AND f.whose = 'reading' AND f.settled IS NULL AND p.indicator_id = c.indicator_id) THEN 1
        ELSE 0
    END,
    c.verdict,
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
JOIN cell_figure AS c ON c.report_id = r.id
JOIN indicator AS i ON i.id = c.indicator_id
LEFT JOIN cell_evidence AS v ON v.report_id = c.report_id AND v.indicator_id = c.indicator_id
WHERE r.is_current = 1

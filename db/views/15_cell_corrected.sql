-- One row a cell that a person looked at, with both readings side by side: the program's and the person's. Corrections
-- of documents that are not stored, or no longer stand where they were found, are there too.
--   report_id: the report, for joins with the tables; NULL where no report of these bytes is stored
--   agency: name of the agency
--   place_code: six-digit code of the administrative division
--   year: report year
--   scope: agency (the body's own figures) or area (all bodies that it governs); never add the two up
--   is_current: 1 when the report is the current one of its agency, year and scope
--   indicator_id: the quantity, for joins with indicator
--   table_key: table of the form
--   row_key: row
--   column_key: column
--   row_label: the form's labels of the row, from the outermost group inwards
--   column_label: the form's labels of the column
--   state_as_read: number, blank, dash, unreadable or absent, as the program read it
--   value_as_read: the figure as the program read it
--   raw: the characters that the program read
--   state: the state by the person's eyes, which counts
--   value: the figure that the page prints by the person's eyes, which counts
--   printed: what the page prints to the letter, where the person noted it
--   verdict: confirmed (read right), corrected (misread) or agency_error (read right, and the page is wrong)
--   who: who said so
--   decided: day on which they said so (YYYY-MM-DD)
--   why: why
--   agrees: 1 when the program reads what the person says, 0 when not; NULL without a reading
--   standing: in_force; stale (where these bytes were found, there are others now); not_ingested
--   sha256: SHA-256 of the document's bytes
--   file: name of the file
--   origin: the file of corrections
SELECT
    r.id,
    a.name,
    NULLIF(a.place_code, ''),
    r.year,
    r.scope,
    r.is_current,
    k.indicator_id,
    i.table_key,
    i.row_key,
    i.column_key,
    i.row_label,
    i.column_label,
    CASE c.state WHEN 0 THEN 'number' WHEN 1 THEN 'blank' WHEN 2 THEN 'dash' WHEN 3 THEN 'unreadable' WHEN 4 THEN 'absent' END,
    c.value,
    CASE WHEN c.report_id IS NOT NULL THEN COALESCE(c.raw, CASE c.state WHEN 0 THEN CAST(c.value AS TEXT) WHEN 2 THEN '/' ELSE '' END) END,
    CASE k.state WHEN 0 THEN 'number' WHEN 1 THEN 'blank' WHEN 2 THEN 'dash' WHEN 3 THEN 'unreadable' ELSE 'absent' END,
    k.value,
    k.printed,
    k.verdict,
    k.who,
    k.decided,
    k.why,
    CASE WHEN c.report_id IS NULL THEN NULL WHEN k.state = c.state AND (k.value IS NULL OR k.value = c.value) THEN 1 ELSE 0 END,
    CASE WHEN r.id IS NULL THEN 'not_ingested' WHEN EXISTS (SELECT 1 FROM location AS l WHERE l.source_id = s.id) THEN 'in_force' ELSE 'stale' END,
    k.sha256,
    s.name,
    o.path
FROM correction AS k
JOIN correction_file AS o ON o.id = k.file_id
JOIN indicator AS i ON i.id = k.indicator_id
LEFT JOIN source AS s ON s.sha256 = k.sha256
LEFT JOIN report AS r ON r.source_id = s.id
LEFT JOIN agency AS a ON a.id = r.agency_id
LEFT JOIN cell AS c ON c.report_id = r.id AND c.indicator_id = k.indicator_id
WHERE k.withdrawn IS NULL

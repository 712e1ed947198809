-- One row a place (a file, or a document inside an archive) that was ever looked at: what became of it when it was read last.
-- A place keeps its row when its file is not there any more: so does the report that was read there, and this says whence it came.
--   path: the place: path of the file, or of the document within its archive
--   outcome: ok, partial (read, with cells missing), not_a_report, duplicate (of bytes stored from another place) or failed
--   reason: why, in a sentence
--   sha256: SHA-256 of the bytes; NULL when they could not be read
--   seconds: how long the reading took
--   run_id: the run that read it
--   run_started: when that run began, UTC
--   agency: name of the agency of the report that it gave, or belongs to
--   year: report year
--   scope: agency (the body's own figures) or area (all bodies that it governs); never add the two up
--   report_id: the report, for joins with the tables; NULL where there is none
SELECT
    l.path,
    m.outcome,
    m.reason,
    s.sha256,
    m.seconds,
    n.id,
    n.started,
    a.name,
    r.year,
    r.scope,
    r.id
FROM location AS l
JOIN run_item AS m ON m.id = (SELECT MAX(x.id) FROM run_item AS x WHERE x.location_id = l.id)
JOIN run AS n ON n.id = m.run_id
LEFT JOIN source AS s ON s.id = m.source_id
LEFT JOIN report AS r ON r.id = m.report_id
LEFT JOIN agency AS a ON a.id = r.agency_id

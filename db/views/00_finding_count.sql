-- One row a stored report: how many findings of the report itself stand. What the figures that people saw make untrue is
-- not counted; a contradiction whose every cell a person looked at stays an error, but is no doubt any more.
--   report_id: the report, for joins with the tables
--   errors: findings of severity error
--   doubts: findings about our own reading, hints left aside
SELECT
    r.id,
    -- The report knows how many it was read with; they are counted anew only where a person looked (db/settling.py).
    CASE WHEN EXISTS (SELECT 1 FROM cell_correction AS k WHERE k.report_id = r.id)
        THEN (SELECT COUNT(*) FROM finding AS f WHERE f.report_id = r.id AND f.origin <> 'store' AND f.severity = 'error' AND COALESCE(f.settled, '') <> 'resolved')
        ELSE r.errors
    END,
    CASE WHEN EXISTS (SELECT 1 FROM cell_correction AS k WHERE k.report_id = r.id)
        THEN (SELECT COUNT(*) FROM finding AS f WHERE f.report_id = r.id AND f.origin <> 'store' AND f.whose = 'reading' AND f.severity <> 'hint' AND f.settled IS NULL)
        ELSE r.doubts
    END
FROM report AS r

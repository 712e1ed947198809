-- One row a cell of every stored report: the figure that counts. That is what the page prints by the eyes of a person
-- who looked (a correction that is in force), and what the program read where nobody did; beside it stands what was read.
-- Every other view shows these figures.
--   report_id: the report, for joins with the tables
--   indicator_id: the quantity, for joins with indicator
--   state: 0 number, 1 blank, 2 dash, 3 unreadable, 4 absent
--   value: the figure that counts; NULL in every state but number
--   unit: unit, where it is not the indicator's; empty: unknown
--   state_as_read: state of the program's reading
--   value_as_read: figure of the program's reading
--   raw: what the program read to the letter, as in cell
--   verdict: what a person said of the reading (confirmed, corrected, agency_error); NULL: nobody did
--   replaced: 1 where a person's reading counts instead of the program's
SELECT
    c.report_id,
    c.indicator_id,
    COALESCE(k.state, c.state),
    CASE WHEN k.state IS NULL THEN c.value ELSE k.value END,
    c.unit,
    c.state,
    c.value,
    c.raw,
    k.verdict,
    COALESCE(k.replaces, 0)
FROM cell AS c
LEFT JOIN cell_correction AS k ON k.report_id = c.report_id AND k.indicator_id = c.indicator_id

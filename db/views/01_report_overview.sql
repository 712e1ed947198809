-- One row a current report: who, when, the usual indicators (column total of the form), and how well it was read.
-- A figure is NULL where the page prints no number. A sum is NULL where none of its terms is a number, or one of them is
-- unreadable or absent; beside a number a blank or a dash counts as 0. Whoever adds columns up says COALESCE(granted, 0).
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
--   edition: edition of the statutory form
--   title: title as printed
--   published: day of publication, where the document tells
--   received: new requests received
--   carried_over: requests carried over from the year before
--   granted: granted
--   granted_in_part: granted in part
--   denied: denied, all reasons (summed; NULL where no reason has a number)
--   unable: unable to provide, all reasons (summed in the same way)
--   not_processed: not processed, all reasons (summed in the same way)
--   other: other handling (printed in the 2019 edition, summed in later ones)
--   outcomes: all outcomes of the year, as printed
--   carried_forward: carried forward to the next year
--   reviews: administrative reconsiderations
--   lawsuits: lawsuits, without and after reconsideration (summed in the same way)
--   licences: administrative licences decided
--   penalties: administrative penalties decided
--   completeness: share of the form's cells that are number, blank or dash
--   errors: findings of severity error (of the report itself) that stand, see finding_count
--   doubts: findings about our own reading that stand
--   corrections: cells that a person confirmed, corrected, or called the agency's error
--   replaced: those of them in which the person's reading counts instead of the program's
--   versions: number of versions stored of this report
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
    r.edition,
    r.title,
    r.published,
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/received.new/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/received.carried_over/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.granted/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.partial/total')),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.denied/total')),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.unable/total')),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.not_processed/total')),
    COALESCE(
        (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.other/total')),
        (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.other/total'))
    ),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/outcome.total/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'requests/carried_forward/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'review_litigation/review/total')),
    (SELECT CASE WHEN MAX(c.state) <= 2 THEN SUM(c.value) END FROM indicator_term AS t JOIN cell_figure AS c ON c.report_id = r.id AND c.indicator_id = t.term_id WHERE t.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'review_litigation/litigation/total')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'proactive/licensing/decisions')),
    (SELECT c.value FROM cell_figure AS c WHERE c.report_id = r.id AND c.indicator_id = (SELECT i.id FROM indicator AS i WHERE i.key = 'proactive/penalties/decisions')),
    CASE WHEN r.cell_count > 0 THEN 1.0 * r.cells_read / r.cell_count END,
    n.errors,
    n.doubts,
    (SELECT COUNT(*) FROM correction AS k WHERE k.sha256 = s.sha256 AND k.withdrawn IS NULL),
    (SELECT COUNT(*) FROM cell_correction AS x WHERE x.report_id = r.id AND x.replaces = 1),
    r.version,
    s.name
FROM report AS r
LEFT JOIN agency AS a ON a.id = r.agency_id
JOIN source AS s ON s.id = r.source_id
JOIN finding_count AS n ON n.report_id = r.id
WHERE r.is_current = 1

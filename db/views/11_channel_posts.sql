-- One row a channel of a current report that says how many items were put out on it in the year. Figures that are
-- parts of another figure of the same channel are left out, and so are those that narrow (with a subject of their own)
-- where the channel has a figure that does not; a figure that is stated twice counts once. To add channels up, leave
-- out either the rows that are inside another channel's figure or the rows that hold others.
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
--   channel: where the items were put out
--   posts: items put out in the year
--   figures: how many figures of the prose were added up
--   exact: 1 when every one of them is exact, 0 when one is about, over or under
--   inside: 1 when its figures are parts of another channel's figure (weibo within new_media)
--   holds_others: 1 when other channels' figures are parts of it
SELECT
    c.report_id,
    a.name,
    NULLIF(a.place_code, ''),
    a.province,
    a.city,
    a.county,
    a.level,
    a.field,
    r.year,
    r.scope,
    c.channel,
    SUM(c.value),
    COUNT(*),
    MIN(c.exact),
    MIN(c.inside),
    MAX(c.holds_others)
FROM (
    SELECT
        f.report_id AS report_id,
        f.channel AS channel,
        f.value AS value,
        MIN(CASE WHEN f.bound = 'exact' THEN 1 ELSE 0 END) AS exact,
        MIN(CASE WHEN p.metric = 'posts' AND p.channel IS NOT NULL THEN 1 ELSE 0 END) AS inside,
        MAX(CASE WHEN EXISTS (SELECT 1 FROM fact AS o WHERE o.report_id = f.report_id AND o.part_of = f.position AND o.metric = 'posts' AND o.channel <> f.channel) THEN 1 ELSE 0 END) AS holds_others
    FROM report AS r
    JOIN fact AS f ON f.report_id = r.id AND f.year = r.year
    LEFT JOIN fact AS p ON p.report_id = f.report_id AND p.position = f.part_of
    LEFT JOIN fact AS g ON g.report_id = f.report_id AND g.position = p.part_of
    WHERE r.is_current = 1
        AND f.metric = 'posts'
        AND f.kind = 'flow'
        AND f.role = 'level'
        AND f.channel IS NOT NULL
        AND NOT (p.position IS NOT NULL AND p.metric = 'posts' AND p.channel IS NOT NULL AND p.channel = f.channel)
        AND NOT (g.position IS NOT NULL AND g.metric = 'posts' AND g.channel IS NOT NULL AND g.channel = f.channel)
        AND (
            f.subject IS NULL
            OR NOT EXISTS (SELECT 1 FROM fact AS w WHERE w.report_id = f.report_id AND w.metric = 'posts' AND w.channel = f.channel AND w.year = f.year AND w.kind = 'flow' AND w.role = 'level' AND w.subject IS NULL)
        )
    GROUP BY f.report_id, f.channel, f.value, f.unit, COALESCE(f.subject, '')
) AS c
JOIN report AS r ON r.id = c.report_id
LEFT JOIN agency AS a ON a.id = r.agency_id
GROUP BY
    c.report_id,
    a.name,
    a.place_code,
    a.province,
    a.city,
    a.county,
    a.level,
    a.field,
    r.year,
    r.scope,
    c.channel

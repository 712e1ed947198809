-- One row a metric of a current report's prose, by channel and kind: the plain figures of the report's year added up
-- without counting anything twice. Figures that are parts of another figure of the same metric and channel are left
-- out, and so are those that narrow (with a subject of their own) where there is one that does not; a figure that is
-- stated twice counts once. People, money and things are never added up together.
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
--   metric: what is counted
--   channel: where it was published or counted; NULL where the prose names none
--   kind: flow: happened in the year; stock: stands at its end; cumulative: since the start
--   counts: people, money or things, by the measure word
--   value: the sum; NULL where figures of such a metric stand side by side that do not add up (requests received, requests answered)
--   unit: measure word of the figures (one of them, where they have several)
--   figures: how many figures of the prose were added up
--   exact: 1 when every one of them is exact, 0 when one is about, over or under
--   inside: 1 when its figures are parts of another channel's figure (weibo within new_media)
--   holds_others: 1 when other channels' figures are parts of it
SELECT
    c.report_id,
    c.agency,
    c.place_code,
    c.province,
    c.city,
    c.county,
    c.level,
    c.field,
    c.year,
    c.scope,
    c.metric,
    c.channel,
    c.kind,
    c.counts,
    CASE WHEN COUNT(*) = 1 OR c.metric IN ('posts', 'followers', 'views', 'interactions', 'media_coverage', 'interpretations', 'press_events', 'gazettes', 'trainings') THEN SUM(c.value) END,
    MIN(c.unit),
    COUNT(*),
    MIN(c.exact),
    MIN(c.inside),
    MAX(c.holds_others)
FROM (
    SELECT
        f.report_id AS report_id,
        a.name AS agency,
        NULLIF(a.place_code, '') AS place_code,
        a.province AS province,
        a.city AS city,
        a.county AS county,
        a.level AS level,
        a.field AS field,
        r.year AS year,
        r.scope AS scope,
        f.metric AS metric,
        f.channel AS channel,
        f.kind AS kind,
        MIN(CASE WHEN f.unit IN ('人', '人次', '名', '位', '户') THEN 'people' WHEN f.unit IN ('元', '万元', '亿元') THEN 'money' ELSE 'things' END) AS counts,
        f.value AS value,
        MIN(f.unit) AS unit,
        MIN(CASE WHEN f.bound = 'exact' THEN 1 ELSE 0 END) AS exact,
        MIN(CASE WHEN p.metric = f.metric AND p.channel <> f.channel THEN 1 ELSE 0 END) AS inside,
        MAX(CASE WHEN EXISTS (SELECT 1 FROM fact AS o WHERE o.report_id = f.report_id AND o.part_of = f.position AND o.metric = f.metric AND o.channel <> f.channel) THEN 1 ELSE 0 END) AS holds_others
    FROM report AS r
    LEFT JOIN agency AS a ON a.id = r.agency_id
    JOIN fact AS f ON f.report_id = r.id AND f.year = r.year
    LEFT JOIN fact AS p ON p.report_id = f.report_id AND p.position = f.part_of AND p.role IN ('level', 'to')
    LEFT JOIN fact AS g ON g.report_id = f.report_id AND g.position = p.part_of AND g.role IN ('level', 'to')
    WHERE r.is_current = 1
        AND f.kind IN ('flow', 'stock', 'cumulative')
        AND f.role IN ('level', 'to')
        AND f.unit <> '%'
        AND NOT (p.position IS NOT NULL AND p.metric = f.metric AND COALESCE(p.channel, '') = COALESCE(f.channel, ''))
        AND NOT (g.position IS NOT NULL AND g.metric = f.metric AND COALESCE(g.channel, '') = COALESCE(f.channel, ''))
        AND (
            f.subject IS NULL
            OR NOT EXISTS (SELECT 1 FROM fact AS w WHERE w.report_id = f.report_id AND w.metric = f.metric AND COALESCE(w.channel, '') = COALESCE(f.channel, '') AND w.kind = f.kind AND w.role IN ('level', 'to') AND w.year = f.year AND w.subject IS NULL AND NOT EXISTS (SELECT 1 FROM fact AS q WHERE q.report_id = w.report_id AND q.position = w.part_of AND q.metric = w.metric AND COALESCE(q.channel, '') = COALESCE(w.channel, '')))
        )
    GROUP BY f.report_id, a.name, a.place_code, a.province, a.city, a.county, a.level, a.field, r.year, r.scope, f.metric, f.channel, f.kind, f.value, COALESCE(f.subject, ''), CASE WHEN f.unit IN ('人', '人次', '名', '位', '户') THEN 2 WHEN f.unit IN ('元', '万元', '亿元') THEN 1 ELSE 0 END
) AS c
GROUP BY
    c.report_id,
    c.agency,
    c.place_code,
    c.province,
    c.city,
    c.county,
    c.level,
    c.field,
    c.year,
    c.scope,
    c.metric,
    c.channel,
    c.kind,
    c.counts

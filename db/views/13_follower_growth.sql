-- One row a growth of followers or subscribers that a current report states: from one figure to another, or by an
-- amount. What is not printed is worked out where the two other figures are (delta from both ends); a report that
-- only says how many there are now is not in this view.
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
--   channel: where they follow; new_media for several channels together
--   subject: the report's own phrase
--   from_value: followers before; NULL where only a gain is stated
--   to_value: followers after; NULL where only a gain is stated
--   delta: gained, or lost when negative
--   ratio: to_value / from_value; NULL where one is not stated or from_value is 0
--   exact: 1 when the figures are exact, 0 when one is about, over or under
--   sentence: the sentence
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
    g.channel,
    g.subject,
    g.from_value,
    g.to_value,
    g.delta,
    CASE WHEN g.from_value > 0 THEN 1.0 * g.to_value / g.from_value END,
    g.exact,
    t.body
FROM (
    SELECT
        b.report_id AS report_id,
        b.sentence AS sentence,
        COALESCE(e.channel, b.channel) AS channel,
        COALESCE(b.subject, e.subject) AS subject,
        b.value AS from_value,
        e.value AS to_value,
        e.value - b.value AS delta,
        CASE WHEN b.bound = 'exact' AND e.bound = 'exact' THEN 1 ELSE 0 END AS exact
    FROM fact AS b
    JOIN fact AS e ON e.report_id = b.report_id AND e.metric = b.metric AND e.role = 'to' AND e.unit <> '%'
        AND e.position = (SELECT MIN(n.position) FROM fact AS n WHERE n.report_id = b.report_id AND n.position > b.position AND n.metric = b.metric AND n.role IN ('from', 'to'))
        AND (e.channel = b.channel OR e.channel IS NULL OR b.channel IS NULL)
        AND e.sentence = b.sentence
    WHERE b.metric = 'followers' AND b.role = 'from'
    UNION ALL
    SELECT
        d.report_id,
        d.sentence,
        d.channel,
        d.subject,
        NULL,
        NULL,
        d.value,
        CASE WHEN d.bound = 'exact' THEN 1 ELSE 0 END
    FROM fact AS d
    WHERE d.metric = 'followers' AND d.role = 'delta' AND d.unit <> '%'
        AND NOT EXISTS (SELECT 1 FROM fact AS o WHERE o.report_id = d.report_id AND o.metric = 'followers' AND o.role = 'from' AND o.sentence = d.sentence)
) AS g
JOIN report AS r ON r.id = g.report_id
LEFT JOIN agency AS a ON a.id = r.agency_id
LEFT JOIN sentence AS t ON t.report_id = g.report_id AND t.position = g.sentence
WHERE r.is_current = 1

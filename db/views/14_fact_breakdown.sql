-- One row a part that a current report sets beside its whole (其中 …), in the order of the text. Parts need not be all
-- that the whole is made of, and may overlap: finding_detail says where they contradict it (x.parts_text).
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
--   whole_position: place of the whole among the report's facts
--   whole_metric: what the whole counts
--   whole_channel: where
--   whole_subject: the report's own phrase
--   whole_value: the whole
--   whole_unit: its measure word
--   position: place of the part among the report's facts
--   metric: what the part counts
--   channel: where
--   subject: the report's own phrase
--   value: the part
--   unit: its measure word
--   share: value / whole_value; NULL when the whole is 0
--   parts: number of parts of this whole
--   parts_sum: sum of the parts
--   difference: parts_sum less whole_value: negative where the parts are not all, positive where they are too much
--   sentence: the sentence of the part
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
    w.position,
    w.metric,
    w.channel,
    w.subject,
    w.value,
    w.unit,
    f.position,
    f.metric,
    f.channel,
    f.subject,
    f.value,
    f.unit,
    CASE WHEN w.value > 0 THEN 1.0 * f.value / w.value END,
    s.parts,
    s.parts_sum,
    s.parts_sum - w.value,
    t.body
FROM (
    SELECT report_id, part_of, COUNT(*) AS parts, SUM(value) AS parts_sum
    FROM fact
    WHERE part_of IS NOT NULL AND role = 'level' AND kind <> 'rate'
    GROUP BY report_id, part_of
) AS s
JOIN fact AS w ON w.report_id = s.report_id AND w.position = s.part_of AND w.role <> 'share' AND w.kind <> 'rate'
JOIN fact AS f ON f.report_id = s.report_id AND f.part_of = s.part_of AND f.role = 'level' AND f.kind <> 'rate'
JOIN report AS r ON r.id = s.report_id
LEFT JOIN agency AS a ON a.id = r.agency_id
LEFT JOIN sentence AS t ON t.report_id = f.report_id AND t.position = f.sentence
WHERE r.is_current = 1

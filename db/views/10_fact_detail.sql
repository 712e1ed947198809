-- One row a figure of the prose of a current report, with its sentence.
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
--   position: place among the report's facts
--   metric: what is counted
--   channel: where it was published or counted
--   subject: the report's own phrase, where it narrows the metric
--   value: the figure
--   unit: measure word
--   bound: exact, about, over or under
--   kind: flow, stock, cumulative, change or rate
--   role: level, from, to, delta, yoy or share
--   figure_year: year that the figure is for
--   part_of: position of the fact that this one is a part of
--   surface: the figure as printed
--   sentence: the sentence
--   section: heading that it stands under
--   page: page, from 1; NULL in formats without pages
--   x0: left edge in points
--   y0: upper edge in points, from the top of the page
--   x1: right edge in points
--   y1: lower edge in points
--   start: first character of the figure in the canonical text, from 0
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
    f.position,
    f.metric,
    f.channel,
    f.subject,
    f.value,
    f.unit,
    f.bound,
    f.kind,
    f.role,
    f.year,
    f.part_of,
    f.surface,
    t.body,
    f.section,
    f.page,
    f.x0 / 10.0,
    f.y0 / 10.0,
    f.x1 / 10.0,
    f.y1 / 10.0,
    f.start,
    f.length,
    s.name
FROM fact AS f
JOIN report AS r ON r.id = f.report_id
JOIN source AS s ON s.id = r.source_id
LEFT JOIN agency AS a ON a.id = r.agency_id
LEFT JOIN sentence AS t ON t.report_id = f.report_id AND t.position = f.sentence
WHERE r.is_current = 1

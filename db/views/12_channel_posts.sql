-- One row a channel of a current report that says how many items were put out on it in the year, without counting
-- anything twice (see fact_figure). To add channels up, leave out either the rows that are inside another channel's
-- figure or the rows that hold others.
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
    report_id,
    agency,
    place_code,
    province,
    city,
    county,
    level,
    field,
    year,
    scope,
    channel,
    value,
    figures,
    exact,
    inside,
    holds_others
FROM fact_figure
WHERE metric = 'posts' AND kind = 'flow' AND counts = 'things' AND channel IS NOT NULL

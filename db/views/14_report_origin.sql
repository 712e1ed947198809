-- One row an address and night at which a stored report was found: the way back from a figure to the page it came from.
--   report_id: the report, for joins with the other views
--   sha256: SHA-256 of the bytes, which is their name in the archive
--   site: name of the site in sources.toml
--   url: address of the bytes
--   parent: address of the page that led there
--   night: number of the night's run
--   moment: moment of the request, UTC
--   status: HTTP status: 200 brought the bytes, 304 said that they had not changed
--   title: title of the page, or the words of the link
--   published: day of publication by page or list
SELECT
    r.id,
    f.sha256,
    f.site,
    f.url,
    f.parent,
    f.run_id,
    f.moment,
    f.status,
    f.title,
    f.published
FROM report AS r
JOIN source AS s ON s.id = r.source_id
JOIN "fetch" AS f ON f.sha256 = s.sha256

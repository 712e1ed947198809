"""The crawler: from agencies' sites to an archive of sources.

::

    sources.toml ──▶ sources      which sites, where to start, what to take, how much a night
                     visit        one site: what to fetch next, and why        (no network of its own)
                       ├ systems  what a page of each content system says      (pure functions over pages)
                       ├ titles   what a link's words promise: a report, a column, nothing
                       └ fetch    robots.txt, pace, hosts, conditional requests, retries   (over Scrapy's downloader)
                     archive      bytes by their SHA-256, a folder that only grows
                     db.crawl.fetches   every fetch a row
                     judge        is it a report, whose, for which year        (the parsers' judgement)
                     alarms       what a person should look at
                     night        one night of all this, resumable at any kill

Only ``process`` and ``download`` know Scrapy; they run in a process of their own, because a reactor cannot be started twice.
"""

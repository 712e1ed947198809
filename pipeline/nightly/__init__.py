"""The nightly job: scrape, ingest what is new, compare the years, tell.

::

    run ──▶ fetcher ──▶ ingest ──▶ changes ──▶ digest ──▶ markdown, page, JSON ──▶ deliver
     │      (crawler)   (Found     (before      (plain      (pure functions)        (webhook, mail)
     │                   by URL)    and after)   values)
     └ lock, log, stages in the database (:mod:`db.crawl.nights`)

No module here asks the system for the time: the clock is an argument.
"""

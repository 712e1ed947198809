"""The crawler's and the nightly job's side of the database, beside the reports: what was fetched, how each site's visit went,
which night is under way. Both logs stand on an open :class:`db.Store`."""

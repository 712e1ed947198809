"""From folders and archives to rows: what there is to read, one process a file, one writer."""

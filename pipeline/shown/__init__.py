"""How things are shown: rows, forms as printed, charts, files for other programs."""

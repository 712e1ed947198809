"""The verbs of the command line, one a module; each has one function ``command``, whose docstring is its help."""

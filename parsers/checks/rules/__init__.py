"""The rules that need code, one a file; each file's ``RULE`` is found by :func:`parsers.checks.rule.code_rules`."""

"""The revision of the schema that this program knows; apart from the migrations, so that who only compares it loads nothing."""

HEAD = "0007"
"""The newest revision; a test compares it with the files."""

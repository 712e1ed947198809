"""The crawler against model sites on loopback."""

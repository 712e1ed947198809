"""Measurements: how right the readings are, how fast, how large what we keep."""

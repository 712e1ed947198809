"""Specimens made anew with a part of what holds their tables together left out, by a seed. One module a kind of file, each with
a dictionary of its kinds of damage: name → (the file's bytes, dice) → the damaged bytes, or None for a file that it passes over.
"""

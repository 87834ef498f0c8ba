"""Blanks in saved replies: what may stand there, and how it reads in each language. Pure Python."""

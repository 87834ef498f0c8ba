"""Saved replies out of Heard and into it: our own files, and what other help desks export."""

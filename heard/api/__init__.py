"""The API: one verb a file, one shape a thing.

Nothing is imported here: Django loads this package in every process, and ninja is for the one that answers.
"""

"""The simulated networks that come with Heard. Imports channels only, and knows nothing of Django."""

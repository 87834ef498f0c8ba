"""Django's PostgreSQL with a pool that is whole again at once after the database was away."""

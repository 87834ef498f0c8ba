"""A large desk, made up: tickets, people and words as a company with years behind it has them."""

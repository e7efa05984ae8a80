"""Stores elsewhere: any server that speaks SPARQL 1.1 over HTTP, by what is known of its kind (profiles.toml)."""

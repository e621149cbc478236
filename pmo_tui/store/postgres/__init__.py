"""The PostgreSQL backend. psycopg is loaded with it, and it only when a store on a server is opened."""

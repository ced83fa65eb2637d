"""The only SQL of the service: tables, queries, migrations; blobs and secrets beside them."""

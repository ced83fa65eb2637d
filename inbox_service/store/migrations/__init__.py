"""The history of the database's shape, run by `inbox_service.store.schema`."""

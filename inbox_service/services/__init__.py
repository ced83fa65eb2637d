"""Use cases: plain functions over Deps, each owning its one transaction."""

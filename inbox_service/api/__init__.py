"""The HTTP side: one blueprint per resource, authentication, errors and paging in one file each."""

from .app import create_app

__all__ = ["create_app"]

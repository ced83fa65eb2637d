"""The verbs of the command `inbox`, a module per group; `build` puts them together."""

from .commands import build as build

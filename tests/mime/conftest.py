"""Settings of the property tests here."""

from __future__ import annotations

from hypothesis import settings

# Two busy cores make single examples slow at random; the tests of time measure CPU time instead.
settings.register_profile("mime", deadline=None)
settings.load_profile("mime")

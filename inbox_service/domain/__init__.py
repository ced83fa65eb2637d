"""The rules of the desk, pure: stdlib only, no clock, no I/O, no randomness."""

"""Pictures of files that strangers sent, made in a process that has nothing and may do little.

The decoders of images and documents are where such files do harm: they run in a child without our
environment, with limits on memory, time and size, and what it answers is looked at before it is
believed.
"""

from inbox_service.rendering.parent import Picture, Pictures, render

__all__ = ["Picture", "Pictures", "render"]

"""Department files → rows → records."""

from .reading import Reading, open_file
from .templates import Template, load_templates

__all__ = ["Reading", "Template", "load_templates", "open_file"]

"""Where the comparing is done: on this machine (`local`) or on Spark. Same keys, same kernel, same points."""

from .local import LocalEngine
from .records import Engine, Records, Scored

__all__ = ["Engine", "LocalEngine", "Records", "Scored"]

"""An invented district: its messy files, the generator that made them, the expected answers."""

"""How well doubts find their passages, and how the decision about coverage was calibrated."""

"""How well answers are marked, each marker beside baselines in the same run."""

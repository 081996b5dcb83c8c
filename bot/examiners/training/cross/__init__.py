"""The cross-encoder: what it learns from, how it is trained, and how it is shipped."""

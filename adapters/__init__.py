"""The platforms: each only translates between its own messages and the tutor's."""

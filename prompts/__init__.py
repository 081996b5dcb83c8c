"""What language models are told, as files that a teacher can read."""

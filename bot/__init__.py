"""The tutor: what a learner talks to, whatever platform carries the words."""

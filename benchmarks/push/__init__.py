"""How fast daily questions are planned and sent, beside what users would write themselves."""

"""One file for each thing the tutor does. A lesson reads and decides; it makes nothing happen."""

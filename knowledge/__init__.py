"""What the tutor teaches, and how it is found: content, library, chunks, index."""

"""What all subjects share of their exams: dated, sourced data files, and what reads them."""

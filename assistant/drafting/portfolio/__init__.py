"""The parts of a team's review: what it is written from, its sections, its what-ifs."""

"""Rules: records become findings, each with its evidence for and against."""

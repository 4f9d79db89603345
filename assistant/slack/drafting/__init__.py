"""Drafts in Slack: what was asked for, made, kept, and handed to those who may read it."""

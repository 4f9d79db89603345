"""Strict stand-ins for what lies outside this machine."""

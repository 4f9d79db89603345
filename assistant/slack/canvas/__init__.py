"""An account plan as a canvas that the team owns: written, read again, renewed section by section.

`page` is pure: a draft as sections, and a canvas as it stands, compared. `paper` asks Slack.
"""

"""Approvals in Slack: what a draft asks beyond the policy, whom it goes to, what became of it."""

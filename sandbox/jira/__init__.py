"""The Jira half: issues, workflow, JQL."""

"""Jira Data Center: version 2 of the API, epics by custom fields, people by user name."""

"""The same site as Confluence and Jira Data Center serve it: other paths, names and shapes."""

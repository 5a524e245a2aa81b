"""A local Confluence Cloud and Jira Cloud over HTTP, for development, tests and demonstrations."""

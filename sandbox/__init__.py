"""A local Confluence Cloud and Jira Cloud for trying the product and for its tests."""

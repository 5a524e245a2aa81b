"""OKRs written on Confluence pages, kept in step with Jira and drawn back into the wiki."""

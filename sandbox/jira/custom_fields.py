"""The ids that custom fields have on this Cloud site."""

TEAM_POINTS = "customfield_10016"
COMPANY_POINTS = "customfield_10036"
EPIC_LINK = "customfield_10014"
RANK = "customfield_10019"
SPRINT = "customfield_10020"

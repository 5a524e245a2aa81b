"""Groups of people: everybody, and those who administer the site."""

from sandbox.directory import ADMIN, USERS

EVERYBODY = "jira-users"
ADMINISTRATORS = "site-admins"
GROUPS = {EVERYBODY: USERS, ADMINISTRATORS: (ADMIN,)}

"""Groups of people: everybody, those who administer the site, and the departments."""

from sandbox.directory import ADMIN, COMMERCIAL, PEOPLE, PRODUCT, USERS, YUNCANG

EVERYBODY = "jira-users"
ADMINISTRATORS = "site-admins"
GROUPS = {
    EVERYBODY: USERS,
    ADMINISTRATORS: (ADMIN,),
    **{
        department: tuple(user for user in USERS if user.department == department)
        for department in (PRODUCT, YUNCANG, COMMERCIAL, PEOPLE)
    },
}

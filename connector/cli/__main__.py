"""`python -m connector.cli`: the command line without an installed script."""

from connector.cli.root import main

main()

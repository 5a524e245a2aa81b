"""The command line: what a person or a script asks of the connector."""

from connector.cli.root import main

__all__ = ["main"]

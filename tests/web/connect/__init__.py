"""What an installed Connect app shows, beside its macros."""

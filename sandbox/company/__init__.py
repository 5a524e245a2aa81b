"""The texts of the `company` seed, written for this project."""

"""Rules about wording, measures, sets, alignment, check-ins and scores."""

"""Telling other services of what happened, by signed requests to addresses that they have registered."""

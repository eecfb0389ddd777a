"""Report: tables and plots, from results."""

"""Reading for the reports: one object per report feeds figure, list, chart, Excel and PDF (U20, U21)."""

"""The quarterly report: parameters, runs, pages and their publishing. Only this room knows papermill and nbconvert."""

"""The quarterly report: parameters, runs, pages and their publishing. The only room that knows papermill and nbconvert."""

"""What lies in the reports folder: manifests, published runs, earlier ones."""

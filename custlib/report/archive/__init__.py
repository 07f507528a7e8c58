"""What lies in the reports folder: manifests, published runs, earlier ones."""

__all__ = [
    "archive",
    "manifest",
    "messages",
    "publishing",
    "shelf",
]  # none is loaded before it is named: some take long

"""What lies in the reports folder: manifests, published runs, earlier ones."""

from custlib.report.archive import archive, manifest, messages, publishing, shelf

__all__ = ["archive", "manifest", "messages", "publishing", "shelf"]

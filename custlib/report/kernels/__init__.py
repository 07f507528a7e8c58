"""Kernels, one for each notebook, where possible forked with the heavy imports done. Only here is papermill known."""

from custlib.report.kernels import client, execution

__all__ = ["client", "execution"]

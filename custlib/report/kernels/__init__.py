"""Kernels, one for each notebook, where possible forked with the heavy imports done. Only here is papermill known."""

__all__ = ["client", "execution"]  # none is loaded before it is named: some take long

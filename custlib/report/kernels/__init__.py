"""Kernels, one for each notebook, where possible forked with the heavy imports done. Only here is papermill known."""

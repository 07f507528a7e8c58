"""Kernels: one for each notebook, forked from a process with the heavy imports done where that can be. Only here is papermill known."""

from custlib.report.kernels import client, execution

__all__ = ["client", "execution"]

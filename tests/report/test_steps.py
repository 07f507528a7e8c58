"""The steps of a real run."""

from dataclasses import fields

from custlib.report import steps


def test_every_real_step_is_a_function():
    real = steps.real()
    assert all(callable(getattr(real, field.name)) for field in fields(steps.Steps))

"""Controls for a person in JupyterLab. In an executed report each is its still picture."""

from custlib.widgets.judgement import judgement
from custlib.widgets.quarantine import quarantine
from custlib.widgets.weighing import weighing
from custlib.widgets.your_exports import your_exports

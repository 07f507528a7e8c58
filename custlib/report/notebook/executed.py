"""An executed notebook: the evidence that it succeeded, and the copy of it that may be published."""

import copy

from custlib import words
from custlib.report.notebook import failures, notebooks

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LONGEST = 20_000  # characters of printed text that one cell may bring to the reader
PRIVATE = ("application/vnd.jupyter.widget-view+json",)  # holds random model ids; pages show a widget's still picture


def failure(stem: str, node, lang: str) -> failures.NotebookFailed | None:
    """The first thing that keeps an executed notebook from being a success.

    Evidence is positive, because papermill marks cells `completed` that never ran: every code cell that is not blank
    has an execution count, in rising order, and no output is an error (`sys.exit(0)` leaves one too).
    """
    last = 0
    for index, cell in enumerate(node.cells):
        if not notebooks.runs(cell):
            continue
        error = next((output for output in cell.outputs if output.output_type == "error"), None)
        if error:
            kind = "exit" if error.ename == "SystemExit" else "error"
            return failures.at_cell(stem, node.cells, index, kind, lang, error)
        if not cell.execution_count or cell.execution_count <= last:
            return failures.at_cell(stem, node.cells, index, "not run", lang)
        last = cell.execution_count
    return None


def publishable(node, shown: dict):
    """A copy of an executed notebook, the same in every run of the same inputs, that tells nothing of this machine.

    shown: name → value as the reader may see it, written into the injected cell in place of the value used. Times,
    random ids, widget states, standard error and all metadata but tags, kernel and language are left out; of very long
    printed text the middle is.
    """
    clean = copy.deepcopy(node)
    clean.metadata = {"kernelspec": KERNEL, "language_info": node.metadata.get("language_info", {"name": "python"})}
    for cell in clean.cells:
        cell.metadata = {"tags": list(notebooks.tags(cell))} if notebooks.tags(cell) else {}
        if "injected-parameters" in notebooks.tags(cell):
            cell.id = "injected-parameters"
            cell.source = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in shown.items())])
        if cell.cell_type == "code":
            cell.outputs = _whole([_public(output) for output in cell.outputs if output.get("name") != "stderr"])
    return clean


def _whole(outputs):
    """Outputs with printed text in one piece: into how many a kernel cuts it is a matter of the moment."""
    joined = []
    for output in outputs:
        if joined and output.output_type == joined[-1].output_type == "stream":
            joined[-1].text += output.text
        else:
            joined.append(output)
    for output in joined:
        if output.output_type == "stream":
            output.text = _short(output.text)
    return joined


def _short(text):
    """The beginning and the end of a text that is too long to read; a text that was cut is not cut again."""
    half = LONGEST // 2 - 50
    if len(text) <= LONGEST:
        return text
    count = f"{len(text) - 2 * half:,}"
    notes = [words.say("report", "left_out", lang, count=count) for lang in words.LANGUAGES]  # executed for all of them
    return f"{text[:half]}\n[… {' / '.join(notes)} …]\n{text[-half:]}"


def _public(output):
    if "data" in output:
        output.data = {kind: data for kind, data in output.data.items() if kind not in PRIVATE}
    return output


def outputs_with(node, kind: str) -> list:
    """The outputs of an executed notebook that hold data of a MIME type, in order."""
    return [output for cell in notebooks.code(node) for output in cell.outputs if kind in output.get("data", {})]

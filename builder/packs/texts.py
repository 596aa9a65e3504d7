"""Documents as the texts of a pack: canonical where the app can be read, else each as it stands."""

from builder.edits.documents import Documents
from runtime.language.dump import dump_app
from runtime.language.load import load_documents
from runtime.language.problem import Problems
from runtime.language.yaml_dump import dump_yaml
from runtime.packs.vocabulary import VOCABULARY


def texts_of(documents: Documents) -> dict[str, str]:
    """Return the text of every file.

    The same app is the same text, however its documents came about; a draft that is not whole yet has no
    canonical form, so its documents are written as they are.
    """
    try:
        return dump_app(load_documents(documents, VOCABULARY))
    except Problems:
        return {file: dump_yaml(document) for file, document in documents.items()}

"""Clients, decisions, allocations and their documents."""

from beschikkingen.models.document import Document, DocumentInhoud
from beschikkingen.models.dossier import Beschikking, Client, Monitoringsmoment, Stap, Toewijzing
from beschikkingen.models.inlezing import Inlezing

__all__ = [
    "Beschikking",
    "Client",
    "Document",
    "DocumentInhoud",
    "Inlezing",
    "Monitoringsmoment",
    "Stap",
    "Toewijzing",
]

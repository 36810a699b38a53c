"""Clients, decisions, allocations and their documents."""

from beschikkingen.models.document import Document, DocumentInhoud
from beschikkingen.models.dossier import Beschikking, Client, Monitoringsmoment, Stap, Toewijzing

__all__ = ["Beschikking", "Client", "Document", "DocumentInhoud", "Monitoringsmoment", "Stap", "Toewijzing"]

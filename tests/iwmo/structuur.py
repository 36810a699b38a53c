"""The element trees of 301, 305 and 307 and their retours, written down from the standard's element tables.

A row: place, what happens without the element, what happens with it twice. S = the schema refuses, - = nothing
is wrong, otherwise the rules that are broken (0001). Read from cardinality: [1..1] gives S S, [0..1] gives
"- S" or a condition, [1..n] gives a rule on double keys (TR101).
"""

from __future__ import annotations

_HEADER = """
Header S S
Header/BerichtCode S S
Header/BerichtVersie S S
Header/BerichtSubversie S S
Header/Afzender S S
Header/Ontvanger S S
Header/BerichtIdentificatie S S
Header/BerichtIdentificatie/Identificatie S S
Header/BerichtIdentificatie/Dagtekening S S
Header/XsdVersie S S
Header/XsdVersie/BasisschemaXsdVersie S S
Header/XsdVersie/BerichtXsdVersie S S
"""
_KORT = """
Client/Bsn S S
Client/Geboortedatum S S
Client/Geboortedatum/Datum S S
Client/Geboortedatum/DatumGebruik - S
Client/Geslacht S S
Client/Naam S S
Client/Naam/Geslachtsnaam S S
Client/Naam/Geslachtsnaam/Achternaam S S
Client/Naam/Geslachtsnaam/Voorvoegsel - S
Client/Naam/Voornamen - S
Client/Naam/Voorletters - S
"""
_301 = """
Client S S
Client/Naam/Partnernaam CS050 S
Client/Naam/Partnernaam/Achternaam S S
Client/Naam/Partnernaam/Voorvoegsel - S
Client/Naam/NaamGebruik S S
Client/Communicatie - S
Client/Communicatie/Vorm S S
Client/Communicatie/Taal CD007 S
Client/JuridischeStatus - S
Client/WettelijkeVertegenwoordiging - S
Client/Commentaar - S
Client/Relaties - S
Client/Relaties/Relatie S TR101
Client/Relaties/Relatie/Nummer S S
Client/Relaties/Relatie/Volgorde - S
Client/Relaties/Relatie/Soort S S
Client/Relaties/Relatie/Geboortedatum - S
Client/Relaties/Relatie/Geboortedatum/Datum S S
Client/Relaties/Relatie/Geboortedatum/DatumGebruik - S
Client/Relaties/Relatie/Geslacht - S
Client/Relaties/Relatie/Naam S S
Client/Relaties/Relatie/Naam/Geslachtsnaam S S
Client/Relaties/Relatie/Naam/Geslachtsnaam/Achternaam S S
Client/Relaties/Relatie/Naam/Voornamen - S
Client/Relaties/Relatie/Naam/Voorletters - S
Client/Relaties/Relatie/Naam/NaamGebruik S S
Client/Relaties/Relatie/Contact S S
Client/Relaties/Relatie/Contact/Soort S S
Client/Relaties/Relatie/Contact/Telefoon TR006 S
Client/Relaties/Relatie/Contact/Telefoon/Telefoon01 S S
Client/Relaties/Relatie/Contact/Telefoon/Telefoon01/Telefoonnummer S S
Client/Relaties/Relatie/Contact/Telefoon/Telefoon01/Landnummer S S
Client/Contactgegevens S S
Client/Contactgegevens/Contact[1] TR061 TR101
Client/Contactgegevens/Contact[2] - TR101
Client/Contactgegevens/Contact[1]/Soort S S
Client/Contactgegevens/Contact[1]/Adres - S
Client/Contactgegevens/Contact[1]/Adres/Huis CD025 S
Client/Contactgegevens/Contact[1]/Adres/Huis/Huisnummer S S
Client/Contactgegevens/Contact[1]/Adres/Huis/Huisletter - S
Client/Contactgegevens/Contact[1]/Adres/Huis/HuisnummerToevoeging - S
Client/Contactgegevens/Contact[1]/Adres/Huis/AanduidingWoonadres - S
Client/Contactgegevens/Contact[1]/Adres/Postcode CD005,CD034 S
Client/Contactgegevens/Contact[1]/Adres/Straatnaam - S
Client/Contactgegevens/Contact[1]/Adres/Plaatsnaam - S
Client/Contactgegevens/Contact[1]/Adres/LandCode CD005 S
Client/Contactgegevens/Contact[1]/Organisatie - S
Client/Contactgegevens/Contact[1]/Telefoon - S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon01 S S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon01/Telefoonnummer S S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon01/Landnummer S S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon02 - S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon02/Telefoonnummer S S
Client/Contactgegevens/Contact[1]/Telefoon/Telefoon02/Landnummer S S
Client/Contactgegevens/Contact[1]/Emailadres - S
Client/Contactgegevens/Contact[2]/Soort S S
Client/Contactgegevens/Contact[2]/Adres - S
Client/Contactgegevens/Contact[2]/Adres/Plaatsnaam - S
Client/Contactgegevens/Contact[2]/Telefoon TR006 S
Client/Contactgegevens/Contact[2]/Periode - S
Client/Contactgegevens/Contact[2]/Periode/Begindatum - S
Client/Contactgegevens/Contact[2]/Periode/Einddatum - S
Client/ToegewezenProducten S S
Client/ToegewezenProducten/ToegewezenProduct[1] - TR101,TR302
Client/ToegewezenProducten/ToegewezenProduct[2] - TR101,TR302
Client/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer S S
Client/ToegewezenProducten/ToegewezenProduct[1]/ReferentieAanbieder - S
Client/ToegewezenProducten/ToegewezenProduct[1]/Product CD079,CD080,TR302 S
Client/ToegewezenProducten/ToegewezenProduct[1]/Product/Categorie S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Product/Code CD080 S
Client/ToegewezenProducten/ToegewezenProduct[1]/Toewijzingsdatum S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Toewijzingstijd S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Ingangsdatum S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Einddatum - S
Client/ToegewezenProducten/ToegewezenProduct[1]/RedenWijziging - S
Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang CD041 S
Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang/Volume S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang/Eenheid S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang/Frequentie S S
Client/ToegewezenProducten/ToegewezenProduct[1]/Commentaar - S
Client/ToegewezenProducten/ToegewezenProduct[2]/Product TR302 S
Client/ToegewezenProducten/ToegewezenProduct[2]/Einddatum CD075 S
Client/ToegewezenProducten/ToegewezenProduct[2]/Budget - S
"""
_305 = """
Client S S
Client/StartProducten S S
Client/StartProducten/StartProduct[1] - TR101
Client/StartProducten/StartProduct[2] - TR101
Client/StartProducten/StartProduct[1]/ToewijzingNummer - S
Client/StartProducten/StartProduct[1]/Product - S
Client/StartProducten/StartProduct[1]/Product/Categorie S S
Client/StartProducten/StartProduct[1]/Product/Code - S
Client/StartProducten/StartProduct[1]/ToewijzingIngangsdatum - S
Client/StartProducten/StartProduct[1]/Begindatum S S
Client/StartProducten/StartProduct[1]/StatusAanlevering S S
"""
_307 = """
Client S S
Client/StopProducten S S
Client/StopProducten/StopProduct[1] - TR101
Client/StopProducten/StopProduct[2] - TR101
Client/StopProducten/StopProduct[1]/ToewijzingNummer - S
Client/StopProducten/StopProduct[1]/Product - S
Client/StopProducten/StopProduct[1]/Product/Categorie S S
Client/StopProducten/StopProduct[1]/Product/Code - S
Client/StopProducten/StopProduct[1]/ToewijzingIngangsdatum - S
Client/StopProducten/StopProduct[1]/Begindatum S S
Client/StopProducten/StopProduct[1]/RedenBeeindiging S S
Client/StopProducten/StopProduct[1]/Einddatum S S
Client/StopProducten/StopProduct[1]/StatusAanlevering S S
"""
# A retour knows no rules of level 2: whatever the schema lets through is in order.
_RETOUR = """
Header/IdentificatieRetour S S
Header/DagtekeningRetour S S
Header/XsltVersie - S
Header/XsdVersieRetour S S
Header/XsdVersieRetour/BasisschemaXsdVersie S S
Header/XsdVersieRetour/BerichtXsdVersie S S
Header/RetourCodes - S
Header/RetourCodes/RetourCode S -
Client - S
Client/RetourCodes S S
Client/RetourCodes/RetourCode S -
"""
_302 = """
Client/Relaties - S
Client/Relaties/Relatie S -
Client/Relaties/Relatie/RetourCodes S S
Client/Relaties/Relatie/Contact/RetourCodes S S
Client/Contactgegevens S S
Client/Contactgegevens/Contact[1] - -
Client/Contactgegevens/Contact[1]/RetourCodes S S
Client/ToegewezenProducten/ToegewezenProduct[1] - -
Client/ToegewezenProducten/ToegewezenProduct[1]/RetourCodes S S
Client/ToegewezenProducten/ToegewezenProduct[1]/RetourCodes/RetourCode S -
Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang - S
"""
_306 = """
Client/StartProducten/StartProduct[1] - -
Client/StartProducten/StartProduct[1]/RetourCodes S S
Client/StartProducten/StartProduct[1]/ToewijzingIngangsdatum - S
"""
_308 = """
Client/StopProducten/StopProduct[1] - -
Client/StopProducten/StopProduct[1]/RetourCodes S S
Client/StopProducten/StopProduct[1]/RedenBeeindiging S S
"""

TABELLEN = {
    "301": _HEADER + _KORT + _301,
    "302": _HEADER + _KORT + _RETOUR + _302,
    "305": _HEADER + _KORT + _305,
    "306": _HEADER + _KORT + _RETOUR + _306,
    "307": _HEADER + _KORT + _307,
    "308": _HEADER + _KORT + _RETOUR + _308,
}

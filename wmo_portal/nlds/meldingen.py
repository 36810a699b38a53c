"""Allauth's sentences in our words; `organisaties.adapters` lays them over allauth's own."""

MELDINGEN = {
    "account_inactive": "Uw account is uitgezet. Vraag de beheerder van uw organisatie om hulp.",
    "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze allebei na.",
    "enter_current_password": "Vul uw huidige wachtwoord in.",
    "incorrect_code": "Deze code klopt niet. Wacht tot de app een nieuwe code laat zien en typ die.",
    "incorrect_password": "Dit wachtwoord klopt niet. Kijk na of Caps Lock uit staat.",
    "invalid_or_expired_key": "Deze link is al gebruikt of verlopen. Vraag een nieuwe aan.",
    "invalid_login": "Inloggen lukte niet. Kijk uw e-mailadres en wachtwoord na.",
    "invalid_password_reset": "Deze link is al gebruikt of verlopen. Vraag een nieuwe aan.",
    "too_many_login_attempts": "U probeerde het te vaak. Wacht 5 minuten en probeer het dan opnieuw.",
    "rate_limited": "U probeerde het te vaak. Wacht 5 minuten en probeer het dan opnieuw.",
    "same_as_current": "Dit is hetzelfde als het was. Kies iets anders.",
    "cannot_delete_authenticator": "De tweede stap kan niet uit. Koppel eerst een andere app of sleutel.",
    "cannot_generate_recovery_codes": "Koppel eerst een app of een beveiligingssleutel.",
    "unverified_email": "Bevestig eerst uw e-mailadres. Klik op de link in de e-mail die u kreeg.",
}

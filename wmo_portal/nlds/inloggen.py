"""Allauth's forms and sentences in our words: settings `ACCOUNT_FORMS = ACCOUNT`, `MFA_FORMS = MFA`.

The adapters take `MELDINGEN` over their own: `error_messages = {**Default….error_messages, **MELDINGEN}`.
"""

from __future__ import annotations

from typing import ClassVar

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from wmo_portal.nlds.formulier import NldsFormulier

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

_NIEUW = {"password1": "Nieuw wachtwoord", "password2": "Nieuw wachtwoord, nog een keer"}


class Inloggen(NldsFormulier, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"login": "E-mailadres", "password": "Wachtwoord"}


class WachtwoordVergeten(NldsFormulier, account.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"email": "E-mailadres"}


class NieuwWachtwoord(NldsFormulier, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = _NIEUW


class WachtwoordWijzigen(NldsFormulier, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"oldpassword": "Uw wachtwoord van nu", **_NIEUW}


class WachtwoordKiezen(NldsFormulier, account.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = _NIEUW


class Bevestigen(NldsFormulier, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"password": "Wachtwoord"}


class TweedeStap(NldsFormulier, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"code": "Code"}


class CodeBevestigen(NldsFormulier, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"code": "Code"}


class AppKoppelen(NldsFormulier, ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"code": "Code uit de app"}


class SleutelToevoegen(NldsFormulier, AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {
        "name": "Naam van de sleutel",
        "passwordless": "Met deze sleutel inloggen zonder wachtwoord",
    }


class SleutelWijzigen(NldsFormulier, EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    labels: ClassVar = {"name": "Naam van de sleutel"}


_HIER = "wmo_portal.nlds.inloggen"
ACCOUNT = {
    "login": f"{_HIER}.Inloggen",
    "reset_password": f"{_HIER}.WachtwoordVergeten",
    "reset_password_from_key": f"{_HIER}.NieuwWachtwoord",
    "change_password": f"{_HIER}.WachtwoordWijzigen",
    "set_password": f"{_HIER}.WachtwoordKiezen",
    "reauthenticate": f"{_HIER}.Bevestigen",
}
MFA = {
    "authenticate": f"{_HIER}.TweedeStap",
    "reauthenticate": f"{_HIER}.CodeBevestigen",
    "activate_totp": f"{_HIER}.AppKoppelen",
    "add_webauthn": f"{_HIER}.SleutelToevoegen",
    "edit_webauthn": f"{_HIER}.SleutelWijzigen",
}

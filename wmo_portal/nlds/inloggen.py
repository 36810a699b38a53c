"""Allauth's forms in our words and look; the settings ACCOUNT_FORMS and MFA_FORMS name them."""

from __future__ import annotations

from typing import ClassVar

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from wmo_portal.nlds.formulier import NldsFormulier

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

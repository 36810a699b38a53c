"""The form of bijlage 3: the four outcomes with the region's reasons as ticks, trede nu, vervolg, and what departs."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from organisaties.models import Trede
from resultaat.enums import Aanleiding, Uitkomst
from resultaat.forms.basis import ZaakFormulier
from resultaat.models import RedenOptie, Resultaat
from resultaat.opties import OPTIES
from resultaat.queries import zaakregels
from resultaat.queries.zaak import Plek, Zaak
from resultaat.queries.zaakregels import UITSTROOM_CODE
from resultaat.werkwijze import toegestane_uitkomsten
from stopberichten.enums import RedenBeeindiging
from wmo_portal.nlds.formulier import NldsHelper
from wmo_portal.nlds.velden import DatumVeld, Keuze, TekstVeld

NEES: Final = tuple(u for u in Uitkomst if not u.behaald)


def redenveld(uitkomst: Uitkomst) -> str:
    return f"redenen_{uitkomst.value}"


class RegistreerForm(ZaakFormulier):
    """`zaak` and `plek` say what is judged; `staat` is the judgement that stands there now, for a correction."""

    knop = "Registreer"

    uitkomst = forms.ChoiceField(label="Is het resultaat behaald?", widget=forms.RadioSelect)
    trede_nu = forms.ChoiceField(label="Wat is er vanaf nu nodig?", required=False)
    vervolg = forms.ChoiceField(label="Hoe gaat het verder?", widget=forms.RadioSelect)
    volgend_moment = DatumVeld(label="Volgend monitoringsmoment", required=False)
    afwijking_reden = TekstVeld(
        label="Waarom wijkt u af van het advies?", required=False, regels=3, max_tekens=2000
    )
    toelichting = TekstVeld(label="Toelichting", required=False, regels=3, max_tekens=4000)
    correctie_reden = TekstVeld(
        label="Waarom corrigeert u het oordeel?", required=False, regels=2, max_tekens=2000
    )
    bevestig_neutraal = forms.BooleanField(
        label="Ja, het is neutraal, ook al is er een vervolg", required=False
    )
    corrigeert = forms.UUIDField(required=False, widget=forms.HiddenInput)

    toon_bij: ClassVar = {
        "volgend_moment": "vervolg=volgend_monitoringsmoment",
        **{redenveld(u): f"uitkomst={u.value}" for u in NEES},
    }

    soms_verplicht: ClassVar = {"afwijking_reden", "correctie_reden", *map(redenveld, NEES)}

    def __init__(self, *args: Any, zaak: Zaak, plek: Plek, staat: Resultaat | None, **kwargs: Any) -> None:
        self.zaak, self.plek, self.staat = zaak, plek, staat
        kwargs.setdefault("initial", self._begin())
        self.toon_bij = {**type(self).toon_bij, "afwijking_reden": f"uitkomst={self._wijkt_af()}"}  # type: ignore[misc]  # of this case
        self.base_fields = self._met_redenen()  # type: ignore[misc]  # the region's own ticks
        super().__init__(*args, **kwargs)
        self._kies_velden()

    # --- what it starts with ------------------------------------------------------------------------------------
    def _begin(self) -> dict[str, Any]:
        if self.staat:
            return self._uit(self.staat)
        nu = zaakregels.trede_nu(self.zaak)
        begin: dict[str, Any] = {"trede_nu": nu if isinstance(nu, str) else getattr(nu, "pk", "")}
        begin["vervolg"] = self._vervolg(nu)
        voorstel = zaakregels.geef_suggestie(self.zaak, self.plek)
        if voorstel:
            begin |= {"uitkomst": voorstel.uitkomst, redenveld(voorstel.uitkomst): [voorstel.reden]}
        return begin

    def _vervolg(self, nu: Trede | str | None) -> str:
        """The likely follow-up: a new decision when one is there or asked for, or on a change of provider (R30)."""
        keuzes = zaakregels.vervolgen(self.plek)
        if self.plek.moment or self.plek.stap:
            return keuzes[0].value
        stop = self.zaak.stop
        overstap = stop is not None and stop.reden == RedenBeeindiging.ANDERE_AANBIEDER
        gaat_weg = stop is not None or nu == UITSTROOM_CODE
        return keuzes[0 if gaat_weg and not overstap and not self.zaak.heeft_vervolg else 1].value

    @staticmethod
    def _uit(staat: Resultaat) -> dict[str, Any]:
        trede = staat.trede_naar_id or (UITSTROOM_CODE if staat.vervolg == "sluiten" else "")
        return {
            "uitkomst": staat.uitkomst,
            f"redenen_{staat.uitkomst}": staat.redenen,
            "trede_nu": trede,
            "vervolg": staat.vervolg,
            "toelichting": staat.toelichting,
            "afwijking_reden": staat.afwijking_reden,
            "corrigeert": staat.kenmerk,
        }

    def _wijkt_af(self) -> str:
        """The outcomes that go against the advice as it stands at first; the server asks the reason in any case."""
        nu = zaakregels.trede_nu(self.zaak)
        advies = zaakregels.geef_advies(self.zaak, self.plek, nu)
        return "|".join(u.value for u in Uitkomst if advies.wijkt_af(u)) or "geen"

    # --- its fields ---------------------------------------------------------------------------------------------
    def _met_redenen(self) -> dict[str, forms.Field]:
        """The ticks stand right under the outcomes; a reason that was switched off stays where it was ticked."""
        velden = dict(type(self).declared_fields)
        regio = self.zaak.toewijzing.gemeente.regio
        opties = list(RedenOptie.objects.filter(regio=regio).order_by("volgorde", "pk"))
        gekozen = set(self.staat.redenen) if self.staat else set()
        groepen = {
            redenveld(u): forms.MultipleChoiceField(
                label=f"Redenen bij ‘{u.label}’",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Voorbeelden uit bijlage 3. Kies er een of meer, of schrijf een toelichting.",
                choices=[
                    (o.code, o.tekst) for o in opties if o.uitkomst == u and (o.actief or o.code in gekozen)
                ],
            )
            for u in self._uitkomsten()
            if not u.behaald
        }
        eerste = velden.pop("uitkomst")
        return {"uitkomst": eerste, **groepen, **velden}

    def _uitkomsten(self) -> tuple[Uitkomst, ...]:
        """All four; at an intermediate step only the three that say no (R22, R23)."""
        niet_gelukt = zaakregels.feiten(self.zaak, self.plek, behaald=False, vervolg_nodig=True)
        if niet_gelukt.aanleiding is Aanleiding.TUSSENSTAP:
            return toegestane_uitkomsten(niet_gelukt)
        return tuple(Uitkomst)

    def _kies_velden(self) -> None:
        self.fields["uitkomst"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (u.value, Keuze(u.label, OPTIES[u].definitie)) for u in self._uitkomsten()
        ]
        treden = Trede.objects.filter(regio=self.zaak.toewijzing.gemeente.regio).order_by("zwaarte")
        self.fields["trede_nu"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Nog niet bekend"),
            (UITSTROOM_CODE, "Geen ondersteuning meer (uitstroom)"),
            *((str(t.pk), t.naam) for t in treden),
        ]
        self.treden = {str(t.pk): t for t in treden}
        self.fields["vervolg"].choices = [(v.value, v.label) for v in zaakregels.vervolgen(self.plek)]  # type: ignore[attr-defined]  # a ChoiceField
        if not self.plek.moment:
            del self.fields["volgend_moment"]
        if not self.staat:
            del self.fields["correctie_reden"]
        else:
            self.knop = "Corrigeer"
        if not self._neutraal_botst(self.data.get("uitkomst"), self.data.get("vervolg")):
            del self.fields["bevestig_neutraal"]

    @property
    def helper(self) -> NldsHelper:
        helper = super().helper
        helper.form_id = "registreerformulier"
        return helper

    # --- judging what was filled in -----------------------------------------------------------------------------
    @property
    def trede(self) -> Trede | None:
        return self.treden.get(self.cleaned_data.get("trede_nu") or "")

    @property
    def redenen(self) -> list[str]:
        """Only those of the chosen outcome; ticks under another one are left out, not lost: the row keeps what counts."""
        return list(self.cleaned_data.get(f"redenen_{self.cleaned_data.get('uitkomst')}") or [])

    def _neutraal_botst(self, uitkomst: object, vervolg: object) -> bool:
        """Neutraal means: leaves, and there is no follow-up (R38)."""
        return uitkomst == Uitkomst.NEE_NEUTRAAL and (
            self.zaak.heeft_vervolg or vervolg == "nieuwe_beschikking"
        )

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        uitkomst, vervolg = gegevens.get("uitkomst"), gegevens.get("vervolg")
        if uitkomst and uitkomst != Uitkomst.JA and not self.redenen and not gegevens.get("toelichting"):
            self.add_error(
                redenveld(Uitkomst(uitkomst)),
                "Kies minstens één reden, of schrijf hieronder een toelichting.",
            )
        if self.staat and not gegevens.get("correctie_reden"):
            self.add_error("correctie_reden", "Schrijf op waarom u het eerdere oordeel corrigeert.")
        if self._neutraal_botst(uitkomst, vervolg) and not gegevens.get("bevestig_neutraal"):
            self.add_error(
                "bevestig_neutraal",
                "Bij ‘neutraal’ stroomt de cliënt uit en is er geen opvolging, maar er is een vervolg. "
                "Kies een andere uitkomst, of bevestig dat dit klopt.",
            )
        return gegevens

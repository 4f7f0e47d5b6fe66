"""El formulario de un operador: su documento, si se conoce, y el aviso de que ya hay alguien parecido."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from rapidfuzz import fuzz
from wagtail.admin.forms import WagtailAdminModelForm

from comun.validadores import validar_documento
from directorio.models import Operador
from organizacion.models import Persona, TipoDocumento

from .parecidos import MUY_PARECIDOS, nombre_para_comparar

# Menos que esto entre el nombre escrito y el que ya tiene el documento: es el documento de otra persona.
MISMO_NOMBRE = 60


class OperadorForm(WagtailAdminModelForm):
    """``parecidos``: los operadores con que un alta se confunde, después de revisarla."""

    parecidos: tuple[Operador, ...] = ()
    tipo_documento = forms.ChoiceField(label="Tipo de documento", choices=TipoDocumento, required=False)
    numero_documento = forms.CharField(
        label="Número de documento",
        required=False,
        max_length=12,
        help_text="Si lo conoce: es lo único que distingue a dos que se llaman igual.",
    )
    es_otra_persona = forms.BooleanField(
        label="Es otra persona, aunque se llame parecido", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if persona := self.instance.persona:
            self.fields["tipo_documento"].initial = persona.tipo_documento
            self.fields[
                "numero_documento"
            ].help_text = f"Registrado: ****{persona.numero_documento[-4:]}. Escriba otro solo para corregirlo."

    def clean(self):
        datos = super().clean()
        self._persona = self._de_quien_es(datos) if datos.get("numero_documento") else None
        if not self.errors and not self.instance.pk and not datos.get("es_otra_persona"):
            self._avisar_de_parecidos(datos)
        return datos

    @transaction.atomic
    def save(self, commit=True):
        if self._persona:
            self._persona.save()
            self.instance.persona = self._persona
        return super().save(commit)

    def _de_quien_es(self, datos) -> Persona | None:
        tipo = datos.get("tipo_documento") or TipoDocumento.DNI
        try:
            numero = validar_documento(tipo, datos["numero_documento"])
        except ValidationError as error:
            self.add_error("numero_documento", error)
            return None
        suyos = {"apellidos": datos.get("apellidos", ""), "nombres": datos.get("nombres", "")}
        persona = Persona.objects.filter(tipo_documento=tipo, numero_documento=numero).first()
        if persona is None:
            return Persona(tipo_documento=tipo, numero_documento=numero, **suyos)
        if _parecido(persona, **suyos) < MISMO_NOMBRE:
            self.add_error("numero_documento", "Ese documento figura a nombre de otra persona: revise el número.")
        return persona

    def _avisar_de_parecidos(self, datos) -> None:
        """Un alta con el nombre de alguien de la misma entidad se confirma antes: casi siempre es la misma persona."""
        hermanos = Operador.objects.activos().filter(entidad=datos.get("entidad"))
        suyos = {"apellidos": datos.get("apellidos", ""), "nombres": datos.get("nombres", "")}
        cerca = hermanos.only("apellidos", "nombres", "cargo")[:500]
        self.parecidos = tuple(otro for otro in cerca if _parecido(otro, **suyos) >= MUY_PARECIDOS)
        if not self.parecidos:
            return
        casilla = self.fields["es_otra_persona"]
        casilla.widget = forms.CheckboxInput()
        quienes = "; ".join(f"{otro}, {otro.cargo}" if otro.cargo else str(otro) for otro in self.parecidos)
        raise ValidationError(
            f"En esa entidad ya está {quienes}. Si es la misma persona, corrija su fila; si es otra, marque "
            f"«{casilla.label}» y guarde."
        )


def _parecido(fila, *, apellidos: str, nombres: str) -> float:
    uno, otro = nombre_para_comparar(fila.apellidos, fila.nombres), nombre_para_comparar(apellidos, nombres)
    return fuzz.token_sort_ratio(uno, otro)

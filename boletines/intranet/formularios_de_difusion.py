"""Los formularios de Difusión: a quiénes va un correo, y qué dice si es informativo."""

from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea

from boletines.actions.borradores import MAXIMO_DE_ADJUNTOS
from boletines.models import CorreoDifundido, Suscriptor
from boletines.models.difundido import TEXTO
from boletines.permissions import centros_en_que_difunde, difunde_en_todos
from boletines.segmentos import Audiencia, Segmento
from comun.subidas import leer_pdf
from comun.validadores import validar_sin_control
from comun.varios_archivos import CampoDeArchivos, VariosArchivos
from correo.actions import Adjunto
from directorio.models import Entidad
from eventos.archivos import validar_material
from organizacion.models import Centro, Provincia, Sistema

TOPE_DE_ADJUNTO = 1024 * 1024  # octetos: viaja en cada uno de los mensajes
TIPOS_DE_ADJUNTO = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class AQuienesForm(forms.Form):
    """El segmento y la urgencia. ``tipo`` es el ``Suscriptor.Tipo`` del correo."""

    tipo = Suscriptor.Tipo.COMUNICADOS
    audiencias = forms.MultipleChoiceField(
        label="Grupos",
        choices=Audiencia.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos un grupo."},
    )
    centro = forms.ModelChoiceField(
        Centro.objects.none(), label="Centro", required=False, empty_label="Todos los centros"
    )
    del_sistema = forms.ModelChoiceField(
        Sistema.objects.all(), label="Del sistema", required=False, empty_label="Todos los sistemas"
    )
    provincia = forms.ModelChoiceField(
        Provincia.objects.none(), label="Solo de la provincia", required=False, empty_label="Todas"
    )
    tipos = forms.MultipleChoiceField(
        label="Solo de estos tipos de entidad",
        choices=Entidad.Tipo.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ninguno marcado: de todos.",
    )
    urgencia = forms.CharField(
        label="Si es urgente, por qué no puede esperar",
        required=False,
        max_length=255,
        validators=[validar_sin_control],
        help_text="Con un motivo sale sin segunda firma ni reposo, y queda anotado. Vacío: sigue el trámite normal.",
    )

    def __init__(self, datos=None, archivos=None, *, usuario, initial=None):
        super().__init__(datos, archivos, initial=initial)
        centros = centros_en_que_difunde(usuario)
        self.en_todos = difunde_en_todos(usuario)
        self.unico = centros[0] if len(centros) == 1 and not self.en_todos else None
        campo = self.fields["centro"]
        campo.queryset = Centro.objects.filter(pk__in=[centro.pk for centro in centros])
        campo.required = not self.en_todos
        if not self.en_todos:
            campo.empty_label = None
        if self.unico:
            campo.disabled, campo.widget = True, forms.HiddenInput()
            self.initial["centro"] = self.unico.pk
        self.fields["provincia"].queryset = self._provincias(centros)

    def _provincias(self, centros):
        if self.en_todos:
            return Provincia.objects.select_related("departamento").order_by("nombre")
        suyas = Entidad.objects.activas().filter(centro__in=centros).values("distrito__provincia")
        return Provincia.objects.filter(pk__in=suyas).order_by("nombre")

    @property
    def esta_afinado(self) -> bool:
        """Si lo que se acota está a la vista o plegado."""
        return bool(self["provincia"].value() or self["tipos"].value())

    def segmento(self) -> Segmento:
        """El que describen los datos, ya válidos."""
        datos = self.cleaned_data
        return Segmento(
            audiencias=tuple(datos["audiencias"]),
            correo=self.tipo.value,
            centro=datos["centro"].pk if datos["centro"] else None,
            provincia=datos["provincia"].pk if datos["provincia"] else "",
            tipos=tuple(datos["tipos"]),
            sistemas=(datos["del_sistema"].pk,) if datos["del_sistema"] else (),
        )


class ReenvioForm(AQuienesForm):
    aunque_no_rija = forms.BooleanField(
        label="Sé que este comunicado ya no rige y quiero reenviarlo igual", required=False
    )


class EditorLimitado(DraftailRichTextArea):
    """Un cuerpo que no armó el editor (a mano, o cortado) se lee como vacío y no tumba el pedido."""

    def value_from_datadict(self, data, files, name):
        try:
            cuerpo = super().value_from_datadict(data, files, name)
            # El JSON admite medio carácter («\ud800»); ninguna base lo guarda ni ningún correo lo lleva.
            return cuerpo and cuerpo.encode("utf-8", "replace").decode()
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return ""


class CampoDeAdjuntos(CampoDeArchivos):
    """Hasta tres PDF o XLSX pequeños; ``clean`` devuelve ``Adjunto`` ya leídos y sin nada que se ejecute."""

    a_la_vez = MAXIMO_DE_ADJUNTOS

    def clean(self, data, initial=None):
        adjuntos, errores = [], []
        for archivo in super().clean(data, initial):
            try:
                adjuntos.append(leer_adjunto(archivo))
            except ValidationError as error:
                errores += error.messages
        if errores:
            raise ValidationError(errores)
        return adjuntos


def leer_adjunto(archivo) -> Adjunto:
    """El archivo subido, comprobado. Levanta ``ValidationError``, que lo nombra."""
    extension = PurePosixPath(archivo.name).suffix.lstrip(".").lower()
    if extension not in TIPOS_DE_ADJUNTO:
        raise ValidationError(f"«{archivo.name}»: se adjuntan PDF o XLSX. Lo demás, con un enlace en el texto.")
    if archivo.size > TOPE_DE_ADJUNTO:
        pesa, tope = filesizeformat(archivo.size), filesizeformat(TOPE_DE_ADJUNTO)
        raise ValidationError(f"«{archivo.name}» pesa {pesa} y lo más que se adjunta es {tope}: ponga un enlace.")
    if extension == "pdf":
        contenido = leer_pdf(archivo)
    else:
        validar_material(archivo)
        archivo.seek(0)
        contenido = archivo.read()
    return Adjunto(" ".join(archivo.name.split())[-120:], TIPOS_DE_ADJUNTO[extension], contenido)


class InformativoForm(AQuienesForm):
    """El borrador entero. El cuerpo puede faltar mientras se escribe; para enviarlo, no."""

    tipo = Suscriptor.Tipo.INFORMATIVOS
    asunto = forms.CharField(
        label="Asunto",
        max_length=CorreoDifundido._meta.get_field("asunto").max_length,
        validators=[validar_sin_control],
        error_messages={"required": "Escriba el asunto."},
    )
    cuerpo = forms.CharField(label="Texto", required=False, widget=EditorLimitado(features=TEXTO))
    sistema = forms.ModelChoiceField(
        Sistema.objects.all(), label="Sistema del que trata", required=False, empty_label="General"
    )
    archivos = CampoDeAdjuntos(
        label="Adjuntar",
        required=False,
        max_length=160,
        help_text="Hasta 3 archivos PDF o XLSX de 1 MB. Lo que pese más, con un enlace en el texto.",
        widget=VariosArchivos(attrs={"accept": ".pdf,.xlsx"}),
    )

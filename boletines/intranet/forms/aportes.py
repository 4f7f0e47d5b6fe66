"""El formulario de un aporte: la editorial y una ficha por nota. Guardar admite lo incompleto; entregar, no."""

from django import forms
from django.core.exceptions import ValidationError

from boletines.borradores import CAMPOS, EN_BLANCO, notas_por_escribir, tipos_de
from boletines.fotos import fotos_de, subir_foto
from boletines.models import Aporte, NotaDeAporte
from comun.subidas import leer_imagen
from comun.validadores import validar_sin_control
from eventos.intranet.forms.campos import Fecha, parrafo, validar_anio

Tipo = NotaDeAporte.Tipo
EN_BLANCO_POR_SECCION = 3
MAXIMO = 60
IMAGENES = "image/jpeg,image/png,image/webp"
TITULOS = {
    Tipo.ACTIVIDAD: ("Actividades del mes", "otra actividad"),
    Tipo.NOVEDAD: ("Novedades para las entidades de su ámbito", "una novedad"),
    Tipo.NORMA: ("Normas", "una norma"),
    Tipo.DISPOSICION: ("Disposiciones", "una disposición"),
    Tipo.NOTICIA: ("Noticias", "una noticia"),
}


def validar_parrafos(texto: str) -> None:
    """Admite párrafos; rechaza los demás caracteres de control, que ninguna base ni ningún PDF guarda bien."""
    for renglon in texto.replace("\t", " ").splitlines():
        validar_sin_control(renglon)


class NotaForm(forms.Form):
    incluir = forms.BooleanField(label="Va en el boletín", required=False, initial=True)
    titulo = forms.CharField(label="Título", max_length=120, required=False, validators=[validar_sin_control])
    fecha = forms.DateField(label="Fecha", required=False, widget=Fecha, validators=[validar_anio])
    texto = forms.CharField(
        label="Texto", max_length=2000, required=False, widget=parrafo(4), validators=[validar_parrafos]
    )
    enlace = forms.URLField(label="Enlace para saber más", required=False, assume_scheme="https", max_length=200)
    imagen = forms.TypedChoiceField(label="Foto ya subida", required=False, coerce=int, empty_value=None)
    foto = forms.FileField(
        label="Subir una foto", required=False, max_length=200, widget=forms.FileInput(attrs={"accept": IMAGENES})
    )
    texto_alternativo = forms.CharField(
        label="Qué muestra la foto",
        max_length=255,
        required=False,
        validators=[validar_sin_control],
        help_text="Lo oye quien no puede verla.",
    )
    origen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    tipo = Tipo.NOVEDAD
    sin = ("fecha",)  # campos que su clase no lleva
    exige = ("titulo", "texto")

    def __init__(self, *args, fotos=(), origenes=(), entrega=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.origenes, self.entrega = origenes, entrega
        self.fields["imagen"].choices = [("", "Sin foto"), *((foto.pk, str(foto)) for foto in fotos)]
        for campo in self.sin:
            del self.fields[campo]

    def clean_foto(self):
        foto = self.cleaned_data["foto"]
        return leer_imagen(foto) if foto else None

    def clean_texto(self):
        return self.cleaned_data["texto"].replace("\r\n", "\n").strip()

    def clean_origen(self):
        """Lo que no propuso el portal no pasa por suyo."""
        origen = self.cleaned_data["origen"]
        return origen if origen in self.origenes else ""

    @property
    def esta_vacia(self) -> bool:
        datos = self.cleaned_data
        return not any(datos.get(campo) for campo in ("titulo", "texto", "enlace", "imagen", "foto", "origen"))

    def clean(self):
        datos = super().clean()
        if not self.entrega or not datos.get("incluir") or self.esta_vacia:
            return datos
        for campo in self.exige:
            if campo not in self.errors and not datos.get(campo):
                self.add_error(campo, "Complételo, o quite la marca de «Va en el boletín».")
        con_foto = datos.get("imagen") or datos.get("foto")
        if con_foto and not datos.get("texto_alternativo") and "texto_alternativo" not in self.errors:
            self.add_error("texto_alternativo", "Escriba qué muestra la foto: lo oye quien no puede verla.")
        return datos

    def escrita(self) -> dict:
        """La nota como va en el borrador."""
        datos = {campo: self.cleaned_data.get(campo, EN_BLANCO[campo]) for campo in CAMPOS} | {"tipo": str(self.tipo)}
        datos["fecha"] = datos["fecha"].isoformat() if datos["fecha"] else ""
        return datos


class ActividadForm(NotaForm):
    tipo, sin = Tipo.ACTIVIDAD, ("enlace",)


class NoticiaForm(NotaForm):
    tipo = Tipo.NOTICIA


class DisposicionForm(NotaForm):
    tipo, sin = Tipo.DISPOSICION, ("imagen", "foto", "texto_alternativo")


class NormaForm(NotaForm):
    tipo, sin, exige = Tipo.NORMA, ("imagen", "foto", "texto_alternativo"), ("titulo", "fecha", "texto")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["titulo"] = forms.CharField(
            label="Número",
            max_length=80,
            required=False,
            validators=[validar_sin_control],
            help_text="Por ejemplo, R.D. N.° 001-2026-EF/50.01",
        )
        self.fields["texto"] = forms.CharField(
            label="De qué trata", max_length=400, required=False, widget=parrafo(2), validators=[validar_parrafos]
        )
        self.order_fields(["incluir", "titulo", "fecha", "texto", "enlace"])


FORMULARIOS = {
    formulario.tipo: formulario for formulario in (ActividadForm, NotaForm, NormaForm, DisposicionForm, NoticiaForm)
}


class EditorialForm(forms.Form):
    editorial = forms.CharField(
        label="Editorial",
        max_length=3000,
        required=False,
        widget=parrafo(6),
        validators=[validar_parrafos],
        help_text="Unas líneas del Coordinador a las entidades de su ámbito. Deje una línea en blanco entre párrafos.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_editorial(self):
        return self.cleaned_data["editorial"].replace("\r\n", "\n").strip()


class FormularioDeAporte:
    """La editorial y una sección por clase de nota, que se validan y se guardan juntas."""

    def __init__(self, aporte: Aporte, data=None, files=None):
        self.aporte, self.entrega = aporte, data is not None and "entregar" in data
        self.data, self.files = data.copy() if data is not None else None, files
        self.notas = notas_por_escribir(aporte)
        self.fotos = fotos_de(aporte)
        editorial = (aporte.borrador or {}).get("editorial", "")
        self.general = EditorialForm(self.data, initial={"editorial": editorial, "version": aporte.version})
        if aporte.sistema_id:  # la editorial es de los centros (R107)
            del self.general.fields["editorial"]
        self.secciones = [self._seccion(tipo) for tipo in tipos_de(aporte)]

    def _seccion(self, tipo):
        suyas = [nota for nota in self.notas if nota["tipo"] == tipo]
        fabrica = forms.formset_factory(
            FORMULARIOS[tipo], extra=EN_BLANCO_POR_SECCION, max_num=MAXIMO, absolute_max=MAXIMO, validate_max=True
        )
        seccion = fabrica(
            self.data,
            self.files,
            prefix=tipo,
            initial=suyas if self.data is None else None,
            form_kwargs={
                "fotos": self.fotos,
                "origenes": {nota["origen"] for nota in self.notas},
                "entrega": self.entrega,
            },
        )
        seccion.titulo, seccion.otra = TITULOS[tipo]
        por_origen = {nota["origen"]: nota for nota in suyas if nota["origen"]}
        for ficha in seccion:
            ficha.nota = por_origen.get(ficha["origen"].value() or "", EN_BLANCO)
            ficha.en_blanco = not any(ficha[campo].value() for campo in ("titulo", "texto", "origen"))
        return seccion

    def is_valid(self) -> bool:
        return all([self.general.is_valid(), *(seccion.is_valid() for seccion in self.secciones)])

    @property
    def errores(self) -> list[tuple[str, str]]:
        """Pares (identificador en la página, nombre) de lo que tiene algo mal."""
        if self.data is None:
            return []
        fichas = [(seccion, ficha) for seccion in self.secciones for ficha in seccion if ficha.errors]
        malas = [(ficha.prefix, ficha["titulo"].value() or seccion.titulo) for seccion, ficha in fichas]
        malas += [(seccion.prefix, seccion.titulo) for seccion in self.secciones if seccion.non_form_errors()]
        return ([("editorial", "Editorial")] if self.general.errors else []) + malas

    def guardar_fotos(self, por) -> int:
        """Sube las fotos que sirven aunque lo demás tenga errores, y las deja elegidas: no se vuelven a subir."""
        subidas = 0
        for ficha in (ficha for seccion in self.secciones for ficha in seccion):
            contenido = getattr(ficha, "cleaned_data", {}).get("foto")
            if not contenido:
                continue
            textos = {campo: _limpio(ficha[campo].value()) for campo in ("titulo", "texto_alternativo")}
            foto = subir_foto(aporte=self.aporte, contenido=contenido, por=por, **textos)
            ficha.cleaned_data["imagen"], ficha.cleaned_data["foto"] = foto.pk, None
            self.data[ficha.add_prefix("imagen")] = str(foto.pk)
            for otra in (otra for seccion in self.secciones for otra in seccion if "imagen" in otra.fields):
                otra.fields["imagen"].choices = [*otra.fields["imagen"].choices, (foto.pk, str(foto))]
            subidas += 1
        return subidas

    def escrito(self) -> dict:
        """El borrador, con las notas de cada sección en su orden; las fichas en blanco no van."""
        fichas = [ficha for seccion in self.secciones for ficha in seccion if ficha.cleaned_data]
        notas = [ficha.escrita() for ficha in fichas if not ficha.esta_vacia]
        return {"editorial": self.general.cleaned_data.get("editorial", ""), "notas": notas}

    def ponerse_al_dia(self, version: int) -> None:
        """Lo escrito se queda; el próximo guardado ya sabe lo que otra persona guardó."""
        self.data["version"] = str(version)


def _limpio(texto: str | None) -> str:
    """Un título que no pasó la validación no estropea el de la foto."""
    try:
        validar_sin_control(texto or "")
    except ValidationError:
        return ""
    return (texto or "").strip()[:255]

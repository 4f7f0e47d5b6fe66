"""En la ficha de cada entidad, los correos que se le enviaron y con qué resultado (issue 5, punto 4)."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from comun.alcance import alcance_de
from correo.models import Entrega, Envio
from correo.permissions import puede_ver_envios
from directorio.models import Entidad, Operador

from .models import CorreoDifundido
from .permissions import puede_ver_difusion

A_LA_VISTA = 50
BOLETIN = "Boletín"
_POR_SALIR = {Entrega.Estado.PENDIENTE, Entrega.Estado.EN_CURSO}
# Cómo se dice cada resultado, en el orden en que se lee.
RESULTADOS = (
    (Entrega.Estado.ENVIADA, "enviada", "enviadas"),
    (Entrega.Estado.REBOTADA, "rebotó", "rebotaron"),
    (Entrega.Estado.FALLIDA, "falló", "fallaron"),
    (Entrega.Estado.DUDOSA, "dudosa", "dudosas"),
    (Entrega.Estado.SUPRIMIDA, "de baja", "de baja"),
)


@dataclass
class Registrado:
    """Un envío que fue a la entidad. ``url``: su detalle, si se alcanza; ``cuentas``: sus entregas por estado."""

    envio: Envio
    tipo: str
    url: str = ""
    cuentas: dict[str, int] = field(default_factory=dict)

    @property
    def direcciones(self) -> int:
        """Cuántas de la entidad lo recibieron o lo iban a recibir."""
        return sum(self.cuentas.values())

    @property
    def resultado(self) -> str:
        """«2 enviadas, 1 rebotó»."""
        partes = [
            f"{cuantas} {una if cuantas == 1 else varias}"
            for estado, una, varias in RESULTADOS
            if (cuantas := self.cuentas.get(estado, 0))
        ]
        por_salir = sum(self.cuentas.get(estado, 0) for estado in _POR_SALIR)
        cancelado = self.envio.estado == Envio.Estado.CANCELADO
        return ", ".join(partes + ([f"{por_salir} {'sin enviar' if cancelado else 'por salir'}"] if por_salir else []))


def correos_de_entidad(usuario, entidad: Entidad):
    """Lo enviado a la entidad y a sus operadores, lo más nuevo primero (registro ``secciones_de_entidad``)."""
    if not (puede_ver_difusion(usuario) or puede_ver_envios(usuario)):
        return None
    filas = registro_de(usuario, entidad)
    if not filas:
        return None
    contexto = {"filas": filas, "tope": A_LA_VISTA}
    return {
        "titulo": "Correos que se le enviaron",
        "plantilla": "boletines/secciones/correos.html",
        "contexto": contexto,
    }


def registro_de(usuario, entidad: Entidad) -> list[Registrado]:
    """Los últimos ``A_LA_VISTA`` envíos de los centros que ``usuario`` alcanza, y los de la sede, que son de todos."""
    suyas = _entregas_de(entidad)
    alcance = alcance_de(usuario, "boletines.view_correodifundido", "correo.view_envio")
    if not alcance.nacional:
        suyas = suyas.filter(Q(envio__centro__in=alcance.centros) | Q(envio__centro__isnull=True))
    envios = Envio.objects.filter(pk__in=suyas.values("envio")).defer("texto", "html", "adjuntos")
    envios = envios.select_related("creado_por", "centro", "correo_difundido").order_by("-creado_en", "-pk")
    filas = {envio.pk: Registrado(envio, tipo_de(envio)) for envio in envios[:A_LA_VISTA]}
    for correo, envio in CorreoDifundido.objects.visibles(usuario).filter(envio__in=filas).values_list("pk", "envio"):
        filas[envio].url = reverse("difusion_detalle", args=[correo])
    cuentas = suyas.filter(envio__in=filas).order_by().values_list("envio", "estado").annotate(Count("pk"))
    for envio, estado, cuantas in cuentas:
        filas[envio].cuentas[estado] = cuantas
    return list(filas.values())


def _entregas_de(entidad: Entidad):
    referencias = [f"operador:{pk}" for pk in Operador.objects.filter(entidad=entidad).values_list("pk", flat=True)]
    return Entrega.objects.filter(referencia__in=[f"entidad:{entidad.pk}", *referencias], es_copia=False)


def tipo_de(envio: Envio) -> str:
    """«Comunicado», «Correo informativo», «Boletín» u «Otro»."""
    difundido = CorreoDifundido.Tipo
    correo = getattr(envio, "correo_difundido", None)
    if correo is not None:
        return difundido(correo.tipo).label
    return BOLETIN if envio.clave.startswith("boletin") or envio.lista.startswith("boletin") else "Otro"

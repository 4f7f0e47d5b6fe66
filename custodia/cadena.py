"""La cadena del rastro: cada huella confirmada recibe su eslabón, en orden y sin dos puntas (ADR 0025).

Se encadena después de confirmar, en una transacción corta y propia: la llave nunca se tiene mientras dura una acción,
así que las acciones no hacen cola ni se traban entre ellas. Si el proceso muere antes, ``encadenar_pendientes`` lo
termina al minuto.
"""

import datetime as dt
import hashlib
import json
import logging

from django.db import connection, transaction
from django.utils import timezone

from .models import Eslabon, Huella, Punta

registro = logging.getLogger(__name__)

# De qué se calcula el SHA-256 de una huella, en este orden. Cambiarlo rompe la cadena: sería la versión 2.
VERSION = "conectamef-rastro-1"
CAMPOS = ("pk", "ocurrida_en", "usuario_id", "usuario_nombre", "accion", "modelo", "objeto", "detalle", "motivo", "ip")
RAIZ = hashlib.sha256(VERSION.encode()).hexdigest()
# Lo más viejo sin encadenar no es un olvido: alguien agregó una fila con fecha de antes, y lo dice verificar_rastro.
VENTANA = dt.timedelta(days=7)
LLAVE = 0x72617374726F  # «rastro»
_codificar = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def resumen(*, numero: int, anterior: str, encadenada_en: dt.datetime, valores: tuple) -> str:
    """SHA-256 de un eslabón: el anterior, su número, su hora y los ``valores`` de los ``CAMPOS`` de su huella."""
    pk, ocurrida_en, *demas = valores
    contenido = [VERSION, numero, anterior, _instante(encadenada_en), pk, _instante(ocurrida_en), *demas]
    return hashlib.sha256(_codificar(contenido).encode()).hexdigest()


def _instante(momento: dt.datetime) -> str:
    return momento.astimezone(dt.UTC).isoformat(timespec="microseconds")


def encadenar_al_confirmar(huella: Huella) -> None:
    """Deja pedido el eslabón para cuando se confirme la transacción; si falla, la acción del usuario ya está hecha."""
    transaction.on_commit(lambda: _encadenar_si_falta(huella.pk), robust=True)


def _encadenar_si_falta(pk: int) -> None:
    # Una acción con muchas huellas pide otros tantos: el de la primera las encadena todas.
    if not Eslabon.objects.filter(huella=pk).exists():
        encadenar_pendientes(desde=pk)


def encadenar_pendientes(*, desde: int | None = None) -> int:
    """Encadena las huellas confirmadas que aún no tienen eslabón, por su número; cuántas fueron.

    Con ``desde``, de esa en adelante: no recorre lo ya encadenado. Sin él, todas las de la ``VENTANA``.
    """
    filas, hechas = Huella.objects.order_by("pk").values_list(*CAMPOS), set()
    with transaction.atomic():
        _tomar_llave()
        if desde:
            # Dos lecturas por índice: juntar las tablas haría que PostgreSQL las recorriera enteras.
            filas = filas.filter(pk__gte=desde)
            hechas = set(Eslabon.objects.order_by().filter(huella__gte=desde).values_list("huella", flat=True))
        else:
            filas = filas.filter(ocurrida_en__gte=timezone.now() - VENTANA, eslabon__isnull=True)
        antes, ahora = agregar((fila for fila in filas if fila[0] not in hechas), Eslabon.objects.all())
        if ahora != antes:
            _avanzar(antes, ahora)
    return ahora[0] - antes[0]


def agregar(filas, eslabones) -> tuple[tuple[int, str], tuple[int, str]]:
    """Continúa la cadena ``eslabones`` con las ``filas`` (valores de ``CAMPOS``). Pide la llave tomada.

    Devuelve la punta de antes y la de ahora, pares (número, SHA-256).
    """
    antes = eslabones.order_by("-numero").values_list("numero", "sha256").first() or (0, RAIZ)
    numero, anterior = antes
    ahora, nuevos = timezone.now(), []
    for valores in filas:
        numero += 1
        sha256 = resumen(numero=numero, anterior=anterior, encadenada_en=ahora, valores=valores)
        nuevo = eslabones.model(
            numero=numero, huella_id=valores[0], anterior=anterior, sha256=sha256, encadenada_en=ahora
        )
        anterior = sha256
        nuevos.append(nuevo)
        if len(nuevos) == 2000:
            eslabones.bulk_create(nuevos)
            nuevos = []
    eslabones.bulk_create(nuevos)
    return antes, (numero, anterior)


def _avanzar(antes: tuple[int, str], ahora: tuple[int, str]) -> None:
    """La punta anotada pasa a la nueva. Si no era la de antes alguien recortó: no se la mueve, y verificar lo dice."""
    if antes == (0, RAIZ):
        Punta.objects.get_or_create(defaults={"numero": 0, "sha256": RAIZ})
    anotada = Punta.objects.filter(numero=antes[0], sha256=antes[1])
    if not anotada.update(numero=ahora[0], sha256=ahora[1]):
        registro.error("La cadena del rastro no llega hasta donde se anotó: corra verificar_rastro.")


def _tomar_llave() -> None:
    """Una sola punta a la vez. En SQLite basta la transacción IMMEDIATE; en PostgreSQL, una llave hasta confirmar."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LLAVE])

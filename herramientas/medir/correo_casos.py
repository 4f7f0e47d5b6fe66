"""Los casos de la bandeja de salida: muerte, varios carteros, pausa, ritmo, baja, rendimiento y memoria.

Cada uno devuelve la línea que lo cuenta y lo que no se cumplió.
"""

import contextlib
import random
import time
from collections import Counter

from herramientas.medir.correo_carteros import Carteros, con_ajustes, poner
from herramientas.medir.correo_memoria import medir_memoria
from herramientas.medir.correo_rendimiento import medir_rendimiento
from herramientas.medir.sumidero import Llegada, sumidero

MUERTES, PARA_MORIR = 20, 10_000
A_LA_VEZ, PARA_CUATRO = 4, 4_000
POR_MINUTO, MINUTOS = 100, 3
PAUSA_EN = 5  # segundos


@contextlib.contextmanager
def _servidor(demora: float = 0, **ajustes):
    with sumidero(demora) as servidor, con_ajustes(EMAIL_PORT=servidor.puerto, **ajustes):
        yield servidor


def muerte():
    """El cartero muere con SIGKILL 20 veces al azar mientras reparte a 10,000."""
    from correo.models import Entrega

    with _servidor(CORREO_ARRIENDO=10) as servidor, Carteros() as carteros:
        envio = poner(PARA_MORIR)
        carteros.arrancar(1)
        for momento in sorted(random.sample(range(50, PARA_MORIR - 200), MUERTES)):
            servidor.esperar(momento, segundos=300)
            time.sleep(random.uniform(0, 0.02))  # noqa: S311 - no es un secreto
            carteros.matar_uno()
            carteros.arrancar(1)
        carteros.esperar()
        llegadas = servidor.llegadas()
    veces = Counter(llegada.direccion for llegada in llegadas)
    dudosas = set(envio.entregas.filter(estado=Entrega.Estado.DUDOSA).values_list("direccion", flat=True))
    perdidas = sum(not veces[d] and d not in dudosas for d in envio.entregas.values_list("direccion", flat=True))
    repetidas = sum(cuantas - 1 for cuantas in veces.values())
    peor, distintos = max(veces.values()), _con_varios_identificadores(llegadas)
    linea = (
        f"muerte: {PARA_MORIR} destinatarios, {MUERTES} SIGKILL, {perdidas} perdidos, {repetidas} repetidos (límite "
        f"{MUERTES}), {len(dudosas)} dudosos, nadie más de {peor} veces, {distintos} repetidos con otro Message-ID"
    )
    return linea, [linea] if perdidas or repetidas > MUERTES or peor > 2 or distintos else []


def _con_varios_identificadores(llegadas: list[Llegada]) -> int:
    por_direccion: dict[str, set[str]] = {}
    for llegada in llegadas:
        por_direccion.setdefault(llegada.direccion, set()).add(llegada.identificador)
    return sum(len(suyos) > 1 for suyos in por_direccion.values())


def cuatro():
    """Cuatro carteros a la vez, sin muertes: nadie recibe dos."""
    with _servidor() as servidor, Carteros() as carteros:
        poner(PARA_CUATRO)
        carteros.arrancar(A_LA_VEZ)
        carteros.esperar()
        veces = Counter(llegada.direccion for llegada in servidor.llegadas())
    repetidos = veces.total() - len(veces)
    linea = f"{A_LA_VEZ} carteros: {PARA_CUATRO} destinatarios, llegaron {len(veces)}, {repetidos} repetidos"
    return linea, [linea] if repetidos or len(veces) != PARA_CUATRO else []


def pausa():
    """La pausa rige en cinco segundos o un lote; reanudar no repite a nadie."""
    from correo.actions import pausar, reanudar

    cuantas = 1_500
    with _servidor(demora=0.005) as servidor, Carteros() as carteros:
        envio = poner(cuantas)
        carteros.arrancar(2)
        servidor.esperar(cuantas // 3)
        pausar(envio=envio, por=None)
        pausado = time.time()
        carteros.esperar()
        time.sleep(1)
        despues = [llegada.cuando - pausado for llegada in servidor.llegadas() if llegada.cuando > pausado]
        quedan = envio.entregas.filter(estado="pendiente").count()
        reanudar(envio=envio, por=None)
        carteros.arrancar(2)
        carteros.esperar()
        veces = Counter(llegada.direccion for llegada in servidor.llegadas())
    demora, repetidos = max(despues, default=0), veces.total() - len(veces)
    linea = (
        f"pausa: rigió en {demora:.2f} s (límite {PAUSA_EN}) y {len(despues)} mensajes, quedaban {quedan}; al reanudar "
        f"llegaron {len(veces)} de {cuantas}, {repetidos} repetidos"
    )
    return linea, [linea] if demora > PAUSA_EN or not quedan or repetidos or len(veces) != cuantas else []


def ritmo():
    """Con tope de 100 por minuto y dos carteros, ninguna ventana de 60 segundos pasa de 100 en el servidor."""
    cuantas = POR_MINUTO * MINUTOS
    with _servidor(CORREO_POR_MINUTO=POR_MINUTO) as servidor, Carteros() as carteros:
        poner(cuantas)
        comienzo = time.time()
        carteros.arrancar(2)
        carteros.esperar(segundos=60 * MINUTOS + 60)
        momentos = sorted(llegada.cuando for llegada in servidor.llegadas())
    segundos = time.time() - comienzo
    peor = max(sum(desde <= otro < desde + 60 for otro in momentos) for desde in momentos)
    linea = (
        f"ritmo: {len(momentos)} mensajes con tope de {POR_MINUTO} por minuto y 2 carteros en {segundos:.0f} s; la "
        f"ventana de 60 s más llena, {peor}"
    )
    return linea, [linea] if peor > POR_MINUTO or len(momentos) != cuantas else []


def baja():
    """Quien se da de baja a medio envío no está en ningún lote posterior."""
    from correo.models import Supresion

    cuantas = 1_500
    with _servidor(demora=0.003) as servidor, Carteros() as carteros:
        envio = poner(cuantas)
        carteros.arrancar(2)
        servidor.esperar(cuantas // 3)
        pendientes = list(envio.entregas.filter(estado="pendiente").values_list("direccion", flat=True))
        se_van = set(random.sample(pendientes, 200))
        Supresion.objects.bulk_create(Supresion(direccion=d, motivo=Supresion.Motivo.BAJA) for d in se_van)
        ya_tomadas = _ya_tomadas(envio, se_van)
        carteros.esperar()
        llegaron = {llegada.direccion for llegada in servidor.llegadas()}
    de_mas = llegaron & se_van - ya_tomadas
    linea = (
        f"baja: {len(se_van)} se van a medio envío, {len(ya_tomadas)} ya estaban en un lote, {len(de_mas)} recibieron "
        f"en un lote posterior; los demás, {len(llegaron - se_van)} de {cuantas - len(se_van)}"
    )
    return linea, [linea] if de_mas or len(llegaron - se_van) != cuantas - len(se_van) else []


def _ya_tomadas(envio, direcciones: set[str]) -> set[str]:
    """Las que un lote tomó antes de la baja. Espera al que estaba tomándolas: empezó antes y aún no se veía."""
    from django.db import transaction

    from correo.models import Entrega

    libres = (Entrega.Estado.PENDIENTE, Entrega.Estado.SUPRIMIDA)
    with transaction.atomic():
        filas = envio.entregas.filter(direccion__in=direcciones).select_for_update().values_list("direccion", "estado")
        return {direccion for direccion, estado in filas if estado not in libres}


def rendimiento():
    with _servidor():
        return medir_rendimiento()


CASOS = {
    "muerte": muerte,
    "cuatro": cuatro,
    "pausa": pausa,
    "ritmo": ritmo,
    "baja": baja,
    "rendimiento": rendimiento,
    "memoria": medir_memoria,
}

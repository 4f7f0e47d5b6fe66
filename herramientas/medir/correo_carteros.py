"""Carteros en procesos propios, que se pueden matar, y los envíos que reparten."""

import contextlib
import multiprocessing
import os
import random
import signal
import time
import uuid

# Copia este proceso, con Django listo: un cartero nuevo arranca al instante.
procesos = multiprocessing.get_context("fork")


class Carteros:
    def __enter__(self):
        self.vivos = []
        return self

    def __exit__(self, *_):
        for proceso in self.vivos:
            proceso.kill()
            proceso.join()

    def arrancar(self, cuantos: int) -> None:
        from django.db import connections

        connections.close_all()  # una conexión no se comparte entre procesos
        nuevos = [procesos.Process(target=_repartir_todo) for _ in range(cuantos)]
        for proceso in nuevos:
            proceso.start()
        self.vivos += nuevos

    def matar_uno(self) -> None:
        victima = random.choice(self.vivos)  # noqa: S311 - no es un secreto
        os.kill(victima.pid, signal.SIGKILL)
        victima.join()
        self.vivos.remove(victima)

    def esperar(self, segundos: float = 600) -> None:
        """Hasta que no quede nada por salir (o todo esté en pausa) y cada cartero haya terminado."""
        limite = time.monotonic() + segundos
        for proceso in self.vivos:
            proceso.join(max(0, limite - time.monotonic()))
            if proceso.exitcode != 0:
                raise RuntimeError(f"Un cartero no terminó bien: {proceso.exitcode}")
        self.vivos = []


def _repartir_todo() -> None:
    from correo import cartero
    from correo.libro import recuperar_vencidas
    from correo.models import Entrega, Envio

    while Entrega.objects.por_salir().filter(envio__estado=Envio.Estado.EN_COLA).exists():
        # Lo mismo que hace el barrido de cada minuto, más seguido: lo de un cartero muerto vuelve al vencer.
        recuperar_vencidas()
        cartero.repartir_pendientes()
        time.sleep(0.2)


def poner(cuantas: int):
    """Un masivo en cola para ``cuantas`` direcciones nuevas; vacía antes la bandeja."""
    from correo.actions import Destinatario, poner_en_cola
    from correo.models import Envio, Supresion, Turno

    for modelo in (Envio, Supresion, Turno):
        modelo.objects.all().delete()
    envio = poner_en_cola(
        clave=f"medir:{uuid.uuid4()}",
        asunto="Boletín de noviembre",
        texto="Hola, %NOMBRE%:\n\nEl plazo vence el último día hábil.\n\n%URL_BAJA%\n",
        html="<p>Hola, %NOMBRE%:</p><p>El plazo vence el último día hábil.</p><a href='%URL_BAJA%'>Baja</a>",
        destinatarios=(
            Destinatario(f"persona{n}@correo.example", nombre=f"José {n}", url_baja=f"https://portal.example/baja/{n}/")
            for n in range(cuantas)
        ),
        es_masivo=True,
        lista="boletin-medir",
    )
    # La segunda firma y el reposo son de las personas: aquí se mide el motor.
    Envio.objects.filter(pk=envio.pk).update(estado=Envio.Estado.EN_COLA, sale_en=None)
    return envio


@contextlib.contextmanager
def con_ajustes(**ajustes):
    """Los ajustes de Django, cambiados mientras dura; los procesos que nazcan dentro los heredan."""
    from django.conf import settings

    antes = {nombre: getattr(settings, nombre) for nombre in ajustes}
    for nombre, valor in ajustes.items():
        setattr(settings, nombre, valor)
    try:
        yield
    finally:
        for nombre, valor in antes.items():
            setattr(settings, nombre, valor)

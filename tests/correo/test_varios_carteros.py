"""Carteros en procesos de verdad, contra un servidor SMTP de verdad: ni dos veces, ni ninguna (invariante 3).

Cada defensa lleva su control negativo: quitada, la prueba la echa de menos.
"""

import multiprocessing
import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from correo import cartero, libro
from correo.actions import pausar, reanudar
from correo.libro import arriendo
from correo.models import Entrega, Envio, Supresion
from tests.correo.cola import direcciones, encolar_boletin, vencer_arriendos
from tests.procesos import olvidar_conexiones

pytestmark = pytest.mark.usefixtures("base_compartida")
# Copia este proceso: la base y el servidor de la prueba ya están configurados, y arranca al instante.
procesos = multiprocessing.get_context("fork")


@pytest.fixture
def arrancar_carteros():
    """Arranca carteros, cada uno en su proceso, todos a la vez; ``cuentas`` dice cuántas entregas sacó cada uno."""
    vivos = []

    def arrancar(cuantos, control=lambda: None):
        salida, cuentas = procesos.Barrier(cuantos), procesos.SimpleQueue()

        def repartir():
            olvidar_conexiones()
            control()
            salida.wait()
            cuentas.put(cartero.repartir_pendientes())

        connection.close()  # una conexión no se comparte entre procesos
        nuevos = [procesos.Process(target=repartir) for _ in range(cuantos)]
        for proceso in nuevos:
            proceso.start()
        vivos.extend(nuevos)
        return nuevos, cuentas

    yield arrancar
    for proceso in vivos:
        proceso.kill()
        proceso.join()


def repartir_entre_dos(arrancar_carteros, **opciones):
    carteros, cuentas = arrancar_carteros(2, **opciones)
    for proceso in carteros:
        proceso.join(timeout=60)
    assert [proceso.exitcode for proceso in carteros] == [0, 0]
    return [cuentas.get(), cuentas.get()]


def sin_bloqueo():
    """Leer lo que toca y marcarlo después, sin transacción ni contraseña de arriendo."""

    def reclamar(cuantas, conocidos):
        lote = list(Entrega.objects.por_enviar().prefetch_related("envio__centro"))
        time.sleep(0.5)
        Entrega.objects.filter(pk__in=[e.pk for e in lote]).update(
            estado=Entrega.Estado.EN_CURSO, arrendada_hasta=timezone.now() + arriendo()
        )
        return lote

    cartero.reclamar = reclamar
    libro.anotar_intento = lambda entrega, salio: True


def sin_anotar():
    """Enviar todo el lote y anotarlo al final."""
    anotar, cerrar, enviadas = libro.anotar_enviada, cartero.cerrar_terminados, []

    def anotar_y_cerrar(envios):
        for entrega in enviadas:
            anotar(entrega)
        cerrar(envios)

    def anotar_al_final(entrega, salio):
        enviadas.extend([salio] if salio else [])
        return True

    libro.anotar_intento = anotar_al_final
    libro.anotar_enviada = enviadas.append
    cartero.cerrar_terminados = anotar_y_cerrar


def test_dos_carteros_a_la_vez_se_reparten_el_envio_y_no_repiten_nada(arrancar_carteros, sumidero, settings):
    settings.CORREO_POR_LOTE = 3
    sumidero.demora = 0.01
    envio = encolar_boletin(*direcciones(40))
    cuentas = repartir_entre_dos(arrancar_carteros)
    assert sum(cuentas) == 40
    assert min(cuentas) > 0
    assert sorted(sumidero.direcciones) == sorted(direcciones(40))
    envio.refresh_from_db()
    assert envio.estado == Envio.Estado.TERMINADO


def test_control_sin_bloqueo_dos_carteros_si_repiten(arrancar_carteros, sumidero):
    encolar_boletin(*direcciones(5))
    repartir_entre_dos(arrancar_carteros, control=sin_bloqueo)
    assert len(sumidero.direcciones) == 10


def matar_a_medio_envio(arrancar_carteros, sumidero, control=lambda: None):
    """Un cartero muere con SIGKILL a medio lote y otro termina. Devuelve cuántas veces llegó a cada dirección."""
    encolar_boletin(*direcciones(12))
    sumidero.demora = 0.1
    [victima], _ = arrancar_carteros(1, control=control)
    sumidero.esperar(5)
    victima.kill()
    victima.join()
    sumidero.demora = 0
    vencer_arriendos()
    cartero.repartir_pendientes()
    return Counter(sumidero.direcciones)


def test_un_cartero_muerto_no_pierde_nada_y_repite_a_lo_mas_un_mensaje(arrancar_carteros, sumidero):
    llegadas = matar_a_medio_envio(arrancar_carteros, sumidero)
    assert set(llegadas) == set(direcciones(12))
    assert llegadas.total() <= 13


def test_control_si_se_anota_al_final_del_lote_la_muerte_repite_varios(arrancar_carteros, sumidero):
    llegadas = matar_a_medio_envio(arrancar_carteros, sumidero, control=sin_anotar)
    assert llegadas.total() > 13


def test_lo_repetido_lleva_el_mismo_identificador(arrancar_carteros, sumidero):
    matar_a_medio_envio(arrancar_carteros, sumidero, control=sin_anotar)
    por_direccion = {}
    for recibido in sumidero.mensajes:
        por_direccion.setdefault(recibido.para, set()).add(recibido["Message-ID"])
    assert all(len(identificadores) == 1 for identificadores in por_direccion.values())


def test_con_el_servidor_apagado_y_vuelto_a_encender_llega_todo(sumidero):
    encolar_boletin(*direcciones(6))
    sumidero.__exit__()
    assert cartero.repartir_pendientes() == 0
    sumidero.__enter__()
    assert cartero.repartir_pendientes() == 6
    assert sorted(sumidero.direcciones) == direcciones(6)


def repartir_como_el_barrido():
    """Hasta que no quede nada: lo de un cartero muerto vuelve a la cola al vencer su arriendo."""
    while Entrega.objects.por_salir().exists():
        libro.recuperar_vencidas()
        cartero.repartir_pendientes()
        time.sleep(0.1)


def test_el_cartero_muere_seis_veces_al_azar_y_no_se_pierde_nadie(arrancar_carteros, sumidero, settings):
    settings.CORREO_ARRIENDO, settings.CORREO_POR_LOTE = 2, 5
    envio = encolar_boletin(*direcciones(120))
    sumidero.demora = 0.005
    for momento in sorted(random.sample(range(1, 80), 6)):
        [victima], _ = arrancar_carteros(1)
        sumidero.esperar(momento)
        victima.kill()
        victima.join()
    sumidero.demora = 0
    repartir_como_el_barrido()
    veces = Counter(sumidero.direcciones)
    dudosas = set(envio.entregas.filter(estado=Entrega.Estado.DUDOSA).values_list("direccion", flat=True))
    assert set(direcciones(120)) - set(veces) <= dudosas
    assert veces.total() - len(veces) <= 6
    assert max(veces.values()) <= 2


def test_pausado_deja_de_salir_enseguida_y_al_reanudar_no_repite(arrancar_carteros, sumidero):
    envio = encolar_boletin(*direcciones(60))
    sumidero.demora = 0.02
    carteros, _ = arrancar_carteros(2)
    sumidero.esperar(15)
    pausar(envio=envio, por=None)
    al_pausar = len(sumidero.mensajes)
    for proceso in carteros:
        proceso.join(timeout=5)
    # Lo que cada cartero tenía en el aire, sale.
    assert al_pausar <= len(sumidero.mensajes) <= al_pausar + 4
    reanudar(envio=envio, por=None)
    cartero.repartir_pendientes()
    assert sorted(sumidero.direcciones) == sorted(direcciones(60))


def sin_mirar_la_pausa():
    """Contar el intento sin preguntar por el estado del envío."""
    libro._ANOTAR = libro._ANOTAR.replace("correo_envio.estado = 'en_cola'", "1 = 1")


def test_control_sin_mirar_el_envio_la_pausa_llega_tarde(arrancar_carteros, sumidero):
    envio = encolar_boletin(*direcciones(40))
    sumidero.demora = 0.02
    carteros, _ = arrancar_carteros(1, control=sin_mirar_la_pausa)
    sumidero.esperar(5)
    pausar(envio=envio, por=None)
    al_pausar = len(sumidero.mensajes)
    carteros[0].join(timeout=20)
    assert len(sumidero.mensajes) > al_pausar + 10


def test_dos_carteros_no_pasan_juntos_del_tope(arrancar_carteros, sumidero, settings):
    settings.CORREO_POR_MINUTO = 7
    encolar_boletin(*direcciones(30))
    arrancar_carteros(2)
    sumidero.esperar(7)
    time.sleep(1.5)  # que nada más sale solo se ve esperando: el cartero mira cada segundo si hay turno
    assert len(sumidero.mensajes) == 7


def sin_turnos():
    """Cada cartero cuenta su propio tope."""
    mios = iter(range(7))
    cartero.ritmo.libres = lambda cuantos: cuantos
    cartero.ritmo.tomar = lambda: cartero.ritmo.SIN_TOPE if next(mios, None) is not None else None


def test_control_si_cada_cartero_cuenta_lo_suyo_se_pasan(arrancar_carteros, sumidero, settings):
    settings.CORREO_POR_MINUTO, settings.CORREO_POR_LOTE = 7, 10
    sumidero.demora = 0.05
    encolar_boletin(*direcciones(30))
    arrancar_carteros(2, control=sin_turnos)
    sumidero.esperar(14)


def test_quien_se_da_de_baja_con_dos_carteros_no_esta_en_un_lote_posterior(arrancar_carteros, sumidero, settings):
    settings.CORREO_POR_LOTE = 5
    envio = encolar_boletin(*direcciones(150))
    sumidero.demora = 0.01
    carteros, _ = arrancar_carteros(2)
    sumidero.esperar(10)
    se_va = envio.entregas.filter(estado=Entrega.Estado.PENDIENTE).last().direccion
    Supresion.objects.create(direccion=se_va, motivo=Supresion.Motivo.BAJA)
    for proceso in carteros:
        proceso.join(timeout=30)
    assert se_va not in sumidero.direcciones
    assert len(sumidero.direcciones) == 149

"""Saber, a mitad de un trabajo largo, que a este proceso se le pidió terminar."""

import contextlib
import signal
from threading import Event, current_thread, main_thread


@contextlib.contextmanager
def aviso_de_apagado():
    """Un ``threading.Event`` que se enciende con SIGTERM o SIGINT; quien los atendía antes los sigue atendiendo."""
    apagar = Event()
    if current_thread() is not main_thread():
        yield apagar  # Python solo deja atender señales en el hilo principal: un obrero trabaja en él
        return
    anteriores = {senal: signal.getsignal(senal) for senal in (signal.SIGTERM, signal.SIGINT)}

    def avisar(numero, marco):
        apagar.set()
        if callable(anteriores[numero]):
            anteriores[numero](numero, marco)

    for senal in anteriores:
        signal.signal(senal, avisar)
    try:
        yield apagar
    finally:
        for senal, anterior in anteriores.items():
            signal.signal(senal, anterior or signal.SIG_DFL)

"""El buzón de rebotes por IMAP, contra un servidor de mentira que habla el protocolo de verdad."""

import imaplib
import re
import socketserver
import threading

import pytest
from django.core.management import CommandError, call_command

from comun.registros import periodicas
from correo import cartero
from correo.actions import Destinatario
from correo.buzon import anotar_aviso, leer_buzon, leer_rebotes
from correo.cabeceras import rebotes_de
from correo.models import Entrega, Suceso, Supresion
from tests.correo import rebotes_de_muestra as muestras
from tests.correo.cola import encolar, encolar_boletin
from tests.correo.rebotes_de_muestra import ANA

pytestmark = pytest.mark.django_db
T = Suceso.Tipo


class Buzon(socketserver.ThreadingTCPServer):
    """IMAP4rev1, lo justo: LOGIN, SELECT, UID SEARCH UNSEEN, UID FETCH BODY.PEEK, UID STORE \\Seen y LOGOUT."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, mensajes):
        super().__init__(("127.0.0.1", 0), Sesion)
        self.mensajes = dict(enumerate(mensajes, start=1))
        self.leidos, self.bajados = set(), []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def sin_leer(self):
        return sorted(self.mensajes.keys() - self.leidos)


class Sesion(socketserver.StreamRequestHandler):
    def decir(self, texto):
        self.wfile.write(texto if isinstance(texto, bytes) else texto.encode() + b"\r\n")

    def handle(self):
        self.decir("* OK listo")
        for linea in self.rfile:
            marca, _, orden = linea.decode().strip().partition(" ")
            fin = self.atender(orden)
            self.decir(f"{marca} {fin}")
            if orden.upper() == "LOGOUT":
                return

    def atender(self, orden):
        buzon, verbo = self.server, orden.upper()
        if verbo == "CAPABILITY":
            self.decir("* CAPABILITY IMAP4rev1")
        elif verbo.startswith("LOGIN"):
            return "OK hecho" if '"clave"' in orden else "NO [AUTHENTICATIONFAILED] clave mala"
        elif verbo.startswith("SELECT"):
            self.decir(f"* {len(buzon.mensajes)} EXISTS")
            return "OK [READ-WRITE]" if "INBOX" in orden else "NO no existe"
        elif verbo == "UID SEARCH UNSEEN":
            self.decir(f"* SEARCH {' '.join(map(str, buzon.sin_leer))}".rstrip())
        elif fetch := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", orden):
            uid = int(fetch[1])
            cuerpo = buzon.mensajes[uid][: int(fetch[2])]
            buzon.bajados.append(uid)
            self.decir(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(cuerpo)}}}\r\n".encode() + cuerpo + b")\r\n")
        elif store := re.fullmatch(r"UID STORE (\d+) \+FLAGS \(\\Seen\)", orden):
            buzon.leidos.add(int(store[1]))
        return "OK hecho"


@pytest.fixture
def buzon(settings):
    """``buzon(*mensajes)`` arranca el servidor y le dice al portal dónde está."""
    abiertos = []

    def abrir(*mensajes):
        servidor = Buzon(mensajes)
        abiertos.append(servidor)
        settings.REBOTES_IMAP_HOST, settings.REBOTES_IMAP_PUERTO = "127.0.0.1", servidor.server_address[1]
        settings.REBOTES_IMAP_SSL = False
        settings.REBOTES_IMAP_USUARIO, settings.REBOTES_IMAP_CLAVE = "rebotes", "clave"
        return servidor

    yield abrir
    for servidor in abiertos:
        servidor.shutdown()
        servidor.server_close()


@pytest.fixture
def entrega(db):
    encolar_boletin(ANA)
    cartero.repartir_pendientes()
    return Entrega.objects.get()


def test_lee_lo_nuevo_lo_anota_y_lo_marca_como_leido(buzon, entrega):
    servidor = buzon(muestras.postfix(entrega.message_id))
    assert leer_rebotes() == "1 avisos leídos, 1 sucesos nuevos, 0 sin entender."
    assert servidor.sin_leer == []
    suceso = Suceso.objects.get()
    assert (suceso.tipo, suceso.entrega, suceso.origen) == (T.REBOTE, entrega, "buzón")
    assert Entrega.objects.get().estado == Entrega.Estado.REBOTADA
    assert leer_rebotes() == ""


def test_el_mismo_aviso_diez_veces_cuenta_una(buzon, entrega):
    buzon(*[muestras.exchange(entrega.message_id)] * 10)
    cuenta = leer_buzon()
    assert (cuenta.leidos, cuenta.anotados) == (10, 1)


def test_lo_que_no_entiende_queda_sin_leer_y_no_se_baja_otra_vez(buzon, entrega):
    servidor = buzon(muestras.de_una_persona(entrega.message_id), muestras.demora(entrega.message_id), b"\xff\x00")
    cuenta = leer_buzon()
    assert (cuenta.leidos, cuenta.anotados, cuenta.sin_entender) == (1, 0, 2)
    assert servidor.sin_leer == [1, 3]
    leer_buzon()
    assert sorted(servidor.bajados) == [1, 2, 3]


def test_un_aviso_que_no_cita_una_entrega_del_portal_no_suprime_a_nadie(buzon, entrega):
    inventado = f"<entrega-{entrega.pk}-{'0' * 16}@conectamef.example>"
    servidor = buzon(muestras.postfix(inventado), muestras.queja("<otro@x.example>"), muestras.qmail(""))
    cuenta = leer_buzon()
    assert (cuenta.leidos, cuenta.sin_entender) == (0, 3)
    assert servidor.sin_leer == [1, 2, 3]
    assert not Suceso.objects.exists()
    assert not Supresion.objects.exists()


def test_con_verp_vale_el_sobre_aunque_el_aviso_no_devuelva_el_mensaje(entrega, settings):
    settings.CORREO_REBOTES = "rebotes+{entrega}@conectamef.example"
    sobre = rebotes_de(entrega)
    aviso = muestras.postfix("<otro@x.example>").replace(b"no-responder@conectamef.example", sobre.encode(), 1)
    assert anotar_aviso(aviso.replace(sobre.encode(), b"rebotes+1-0123456789abcdef@conectamef.example")) is None
    assert anotar_aviso(aviso) == 1
    assert Suceso.objects.get().entrega == entrega


def test_si_rebota_adonde_la_reenvia_no_se_suprime_a_la_primera(entrega):
    assert anotar_aviso(muestras.reenviada(entrega.message_id)) == 1
    assert Suceso.objects.get().tipo == T.REBOTE_PASAJERO
    assert not Supresion.objects.exists()


def test_una_queja_suprime(entrega):
    assert anotar_aviso(muestras.queja(entrega.message_id)) == 1
    assert Supresion.objects.get().motivo == Supresion.Motivo.QUEJA


def test_un_aviso_personal_que_rebota_se_anota():
    encolar(destinatarios=[Destinatario(ANA, clave="inscripcion:1")])
    cartero.repartir_pendientes()
    entrega = Entrega.objects.get()
    anotar_aviso(muestras.gmail(entrega.message_id))
    entrega.refresh_from_db()
    assert entrega.estado == Entrega.Estado.REBOTADA


def test_si_la_base_falla_el_aviso_sigue_sin_leer(buzon, entrega, monkeypatch):
    servidor = buzon(muestras.postfix(entrega.message_id))
    monkeypatch.setattr("correo.buzon.anotar_suceso", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        leer_buzon()
    assert servidor.sin_leer == [1]


def test_una_clave_mala_o_una_carpeta_que_no_existe_se_dicen(buzon, settings):
    buzon()
    settings.REBOTES_IMAP_CARPETA = 'No"existe'
    with pytest.raises(imaplib.IMAP4.error, match="carpeta"):
        leer_buzon()
    settings.REBOTES_IMAP_CLAVE = "otra"
    with pytest.raises(CommandError, match="No se pudo leer el buzón de rebotes"):
        call_command("leer_rebotes")


def test_un_servidor_apagado_se_dice(buzon):
    servidor = buzon()
    servidor.shutdown()
    servidor.server_close()
    with pytest.raises(CommandError, match="No se pudo leer"):
        call_command("leer_rebotes")


def test_sin_buzon_configurado_la_tarea_no_hace_nada_y_la_orden_lo_dice(settings):
    settings.REBOTES_IMAP_HOST = ""
    assert leer_rebotes in periodicas
    assert leer_rebotes() == ""
    with pytest.raises(CommandError, match="REBOTES_IMAP_HOST"):
        call_command("leer_rebotes")


def test_la_orden_dice_que_hizo(buzon, entrega, capsys):
    buzon(muestras.exim(entrega.message_id))
    call_command("leer_rebotes")
    assert "1 avisos leídos, 1 sucesos nuevos" in capsys.readouterr().out

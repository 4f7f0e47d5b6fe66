"""``docs/nginx.conf`` en un nginx de verdad: lo privado no se alcanza y la aplicación sabe quién pide (ADR 0029)."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import Client

from comun.pedido import ip_de
from custodia.models import Huella
from organizacion.actions import terminar_roles
from organizacion.models import Usuario
from tests import personas
from tests.custodia.privados import SECRETO, quitar, uno_de_cada_clase
from tests.nginx import RAIZ, Nginx, exigir_nginx

NO_LLEGA = {400, 403, 404}
MIMICA = "10.9.8.7"


@pytest.fixture
def var(tmp_path, settings):
    """VAR_DIR como en producción: público y privado, vecinos."""
    exigir_nginx()
    var = tmp_path / "var"
    for carpeta in ("media/images", "media/documents", "privado", "estaticos"):
        (var / carpeta).mkdir(parents=True)
    (var / "media/images/foto.max-800x600.jpg").write_bytes(b"imagen publica" * 100)
    (var / "media/images/.oculta.jpg").write_bytes(SECRETO)
    (var / "media/images/enlace.jpg").symlink_to(var / "privado/fuera.pdf")
    (var / "media/documents/acta.pdf").write_bytes(SECRETO)
    (var / "privado/fuera.pdf").write_bytes(SECRETO)
    (var / "estaticos/base.0123456789ab.css").write_text("a{}")
    (var / "estaticos/base.css").write_text("a{}")
    settings.MEDIA_ROOT = var / "media"
    settings.STORAGES = settings.STORAGES | {
        "privado": settings.STORAGES["privado"] | {"OPTIONS": {"location": var / "privado", "base_url": None}}
    }
    settings.PROXIES = 1
    return var


@pytest.fixture
def nginx(var, live_server, tmp_path):
    aplicacion = live_server.url.removeprefix("http://").replace("localhost", "127.0.0.1")
    carpeta = tmp_path / "nginx"
    carpeta.mkdir()
    with Nginx(aplicacion=aplicacion, var=var, carpeta=carpeta) as nginx:
        yield nginx


@pytest.fixture
def privados(nginx, cusco):
    return uno_de_cada_clase()


def galleta_de(usuario) -> str:
    cliente = Client()
    cliente.force_login(usuario)
    return f"sessionid={cliente.cookies['sessionid'].value}"


def no_llega(nginx, ruta, **cabeceras):
    estado, _, cuerpo = nginx.pedir(ruta, **cabeceras)
    assert estado in NO_LLEGA, (ruta, estado)
    assert SECRETO not in cuerpo, ruta


def test_lo_privado_no_se_alcanza_por_ninguna_de_las_seis_vueltas(nginx, privados):
    galletas = {quien: galleta_de(quien()) for quien in {privado.quien for privado in privados.values()}}
    de_cusco, de_sede = galletas[personas.coordinadora_de_cusco], galletas[personas.comunicaciones]
    de_otro = galleta_de(personas.coordinador_de_arequipa())
    for clase, privado in privados.items():
        galleta = galletas[privado.quien]
        assert nginx.pedir(privado.url, Cookie=galleta)[::2] == (200, privado.contenido), clase
        for vuelta in _por_la_ruta(privado.ruta):
            no_llega(nginx, vuelta, Cookie=galleta)
        for vuelta in _por_la_miniatura(Path(privado.ruta).name):
            no_llega(nginx, vuelta, Cookie=galleta)
        no_llega(nginx, privado.url)
        no_llega(nginx, privado.url, Cookie=de_otro)
        no_llega(nginx, privado.url, Range="bytes=0-10", X_Accel_Redirect=f"/privado/{privado.ruta}")
        no_llega(nginx, privado.url, Cookie=de_otro, Range="bytes=0-10", X_Original_URL=f"/media/{privado.ruta}")
    terminar_roles(usuario=Usuario.objects.get(username="coordinadora.cusco"))
    for privado in privados.values():
        no_llega(nginx, privado.url, Cookie=de_cusco)
        quitar(privado)
        no_llega(nginx, privado.url, Cookie=de_sede)


def _por_la_ruta(ruta):
    """Directa, subiendo de carpeta y escrita de otro modo."""
    for subida in (
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "..%252f",
        "./../",
        "images/../../",
        "images/..%2f../",
    ):
        yield f"/media/{subida}privado/{ruta}"
        yield f"/static/{subida}privado/{ruta}"
    for raiz in (
        "/privado/",
        "//privado/",
        "/media../privado/",
        "/media/..//privado/",
        "/static../privado/",
        "/media/",
    ):
        yield f"{raiz}{ruta}"
    yield f"/media//images/../../../privado/{ruta}"
    yield f"/media/images%00/../../privado/{ruta}"
    yield f"/media/images/foto.jpg%00/{ruta}"
    yield f"/.%2e/privado/{ruta}"


def _por_la_miniatura(nombre):
    yield from (f"/media/images/{nombre}", f"/media/original_images/{nombre}", f"/documentos/1/{nombre}")
    yield f"/media/images/{Path(nombre).stem}.max-800x600.jpg"


def test_de_los_archivos_subidos_solo_se_ven_las_imagenes(nginx):
    estado, cabeceras, cuerpo = nginx.pedir("/media/images/foto.max-800x600.jpg")
    assert (estado, cuerpo) == (200, b"imagen publica" * 100)
    assert cabeceras["x-content-type-options"] == "nosniff"
    assert cabeceras["content-security-policy"] == "default-src 'none'; sandbox"
    assert "max-age=31536000" in cabeceras["strict-transport-security"]
    assert "nginx/" not in cabeceras["server"]
    for ruta in (
        "/media/",
        "/media/images/",
        "/media/images",
        "/media/documents/acta.pdf",
        "/media/documents/",
        "/media/images/.oculta.jpg",
        "/media/images/enlace.jpg",
        "/media/images/../documents/acta.pdf",
        "/media/images/%2e%2e/documents/acta.pdf",
        "/.env",
        "/.git/config",
        "/static/",
        "/static/.env",
    ):
        no_llega(nginx, ruta)


def test_un_caracter_nulo_crudo_no_pasa_de_nginx(nginx):
    respuesta = nginx.pedir_crudo(b"GET /media/images/foto.max-800x600.jpg\x00/../../privado/fuera.pdf HTTP/1.1")
    assert b" 400 " in respuesta.partition(b"\r\n")[0]
    assert SECRETO not in respuesta


def test_un_trozo_se_pide_de_a_uno(nginx):
    ruta = "/media/images/foto.max-800x600.jpg"
    assert nginx.pedir(ruta, Range="bytes=0-5")[::2] == (206, b"imagen")
    varios = nginx.pedir(ruta, Range="bytes=0-5,7-9,11-13")
    assert (varios[0], len(varios[2])) == (200, 1400)
    assert nginx.pedir("/media/documents/acta.pdf", Range="bytes=0-5")[0] == 404


def test_lo_estatico_con_huella_se_guarda_y_lo_demas_se_revisa(nginx):
    assert "immutable" in nginx.pedir("/static/base.0123456789ab.css")[1]["cache-control"]
    assert nginx.pedir("/static/base.css")[1]["cache-control"] == "no-cache"


def test_nadie_sube_de_mas_y_http_solo_lleva_a_https(nginx):
    foto = b"x" * (3 * 1024 * 1024)
    assert nginx.pedir("/suscripcion/", "POST", cuerpo=foto)[0] == 413
    # La copia de su documento sí llega a la aplicación, que echa de menos la marca del formulario.
    assert nginx.pedir("/proteccion-de-datos/solicitud/", "POST", cuerpo=foto)[0] == 403
    estado, cabeceras, _ = nginx.pedir("/centros/?q=a", puerto=nginx.puerto + 1)
    assert (estado, cabeceras["location"]) == (301, "https://portal.example/centros/?q=a")


def test_la_direccion_inventada_no_queda_en_la_huella(nginx, privados):
    """De punta a punta: la auditoría anota a quien se conectó a nginx, escriba lo que escriba en sus cabeceras."""
    galleta = galleta_de(personas.coordinadora_de_cusco())
    privado = privados["eventos.escaneo.archivo"]
    assert nginx.pedir(privado.url, Cookie=galleta, X_Forwarded_For=MIMICA, X_Real_IP=MIMICA)[0] == 200
    assert Huella.objects.get(accion="ver registro escaneado").ip == "127.0.0.1"


def test_el_registro_de_nginx_no_lleva_consultas_ni_llaves(nginx):
    nginx.pedir("/buscar/?q=87654321")
    nginx.pedir("/capacitaciones/inscripciones/llave-secreta/cancelar/")
    nginx.pedir("/suscripcion/baja/llave-secreta/")
    nginx.pedir("/encuesta/llave-secreta/")
    anotado = nginx.registro()
    assert "/buscar/" in anotado
    assert "/capacitaciones/inscripciones/***/cancelar/" in anotado
    assert "87654321" not in anotado
    assert "llave-secreta" not in anotado


# --- Lo que nginx le dice a la aplicación ---


@pytest.fixture
def eco():
    """Una aplicación que solo recuerda las cabeceras que le llegan."""
    recibidas = []

    class Eco(BaseHTTPRequestHandler):
        def do_GET(self):
            recibidas.append({k.lower(): v for k, v in self.headers.items()})
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.send_header("X-Accel-Redirect", "/privado/fuera.pdf")
            self.end_headers()

        def log_message(self, *args):
            pass

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Eco)
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{servidor.server_port}", recibidas
    servidor.shutdown()
    servidor.server_close()


def test_lo_que_nginx_le_dice_a_la_aplicacion_no_lo_escribe_quien_pide(eco, var, tmp_path, rf):
    aplicacion, recibidas = eco
    (tmp_path / "n").mkdir()
    with Nginx(aplicacion=aplicacion, var=var, carpeta=tmp_path / "n") as nginx:
        estado, _, cuerpo = nginx.pedir(
            "/intranet/",
            X_Forwarded_For=f"{MIMICA}, 127.0.0.9",
            X_Forwarded_Proto="http",
            X_Forwarded_Host="ajeno.example",
            Forwarded=f"for={MIMICA}",
        )
    assert (estado, cuerpo) == (200, b"")
    (cabeceras,) = recibidas
    assert cabeceras["x-forwarded-for"] == f"{MIMICA}, 127.0.0.9, 127.0.0.1"
    assert cabeceras["x-forwarded-proto"] == "https"
    assert cabeceras["host"] == "127.0.0.1"
    assert not {"x-forwarded-host", "forwarded"} & set(cabeceras)
    pedido = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=cabeceras["x-forwarded-for"])
    assert ip_de(pedido) == "127.0.0.1"


def test_sin_la_barra_final_la_vuelta_si_llega(eco, var, tmp_path):
    """Control negativo: lo que separa a /media../ de lo privado es esa barra, y estas pruebas lo verían."""

    def sin_barra(texto):
        texto = texto.replace("location ^~ /media/ {", "location ^~ /media {")
        return texto.replace("location ~ ^/media/(?!", "location ~ ^/nada/(?!").replace(
            r"location ~ /\.(?!", "location ~ ^/nada(?!"
        )

    (tmp_path / "n").mkdir()
    with Nginx(aplicacion=eco[0], var=var, carpeta=tmp_path / "n", estropear=sin_barra) as nginx:
        assert nginx.pedir("/media../privado/fuera.pdf")[2] == SECRETO


def test_la_configuracion_pide_tls_y_no_deja_nada_por_cambiar_sin_decirlo():
    """Lo que la prueba no puede servir (TLS) se lee; y cada dato de un lugar lleva su CAMBIE."""
    texto = (RAIZ / "docs" / "nginx.conf").read_text(encoding="utf-8")
    assert "listen 443 ssl http2;" in texto
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in texto
    sueltas = [
        linea
        for linea in texto.splitlines()
        if ("/srv/portal" in linea or "portal.example" in linea or "/etc/ssl" in linea) and "CAMBIE" not in linea
    ]
    assert sueltas == []

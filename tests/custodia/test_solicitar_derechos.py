"""Presentar una solicitud sobre los propios datos, en la web o en papel."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from comun.templatetags.comun import fecha_larga
from correo.models import Envio
from custodia.actions import derechos
from custodia.finalidades import TRATAMIENTOS
from custodia.models import AjustesPrivacidad, Huella, SolicitudDeDerechos
from organizacion.actions import asignar_rol
from organizacion.models import Rol
from tests import personas
from tests.custodia.derechos import datos, oficial, solicitud, verificada

pytestmark = pytest.mark.django_db

FORMULARIO = "/proteccion-de-datos/solicitud/"


@pytest.fixture(autouse=True)
def sin_espera(settings):
    settings.SEGUNDOS_MINIMOS = 0


def enviar(client, **cambios):
    marca = client.get(FORMULARIO).context["form"]["envio"].value()
    return client.post(FORMULARIO, datos(**cambios) | {"envio": marca}, follow=True)


def foto():
    salida = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(salida, "JPEG")
    return SimpleUploadedFile("dni.jpg", salida.getvalue(), "image/jpeg")


def test_se_recibe_con_numero_y_con_su_plazo_en_dias_habiles(client):
    respuesta = enviar(client)
    unica = SolicitudDeDerechos.objects.get()
    assert unica.numero in respuesta.text
    assert unica.numero.startswith(f"SDP-{timezone.localdate():%Y}-")
    assert unica.estado == "recibida"
    assert not unica.verificada_en, "un correo no identifica a nadie"
    assert unica.vence_el > timezone.localdate() + dt.timedelta(days=26)  # veinte días hábiles
    assert "Falta comprobar quién es usted" in respuesta.text


def test_el_mismo_envio_repetido_es_una_sola_solicitud(client):
    marca = client.get(FORMULARIO).context["form"]["envio"].value()
    for _ in range(2):
        client.post(FORMULARIO, datos() | {"envio": marca})
    assert SolicitudDeDerechos.objects.count() == 1
    assert Envio.objects.filter(clave__startswith="derechos:").count() == 1


def test_el_mismo_envio_a_la_vez_devuelve_la_que_entro_primero(monkeypatch):
    """La primera se confirma después de que la segunda miró si ya estaba."""
    primera = solicitud()
    miradas = [lambda envio: None, derechos._la_de]
    monkeypatch.setattr(derechos, "_la_de", lambda envio: miradas.pop(0)(envio))
    assert derechos.registrar(datos=datos(), envio=primera.envio) == primera
    assert SolicitudDeDerechos.objects.count() == 1


def test_el_acuse_no_lleva_el_documento_y_el_oficial_se_entera(client):
    AjustesPrivacidad.objects.update_or_create(pk=AjustesPrivacidad.load().pk, defaults={"correo": "odp@mef.example"})
    enviar(client)
    acuse, aviso = Envio.objects.order_by("pk")
    assert acuse.entregas.get().direccion == "rosa@muni.example"
    assert aviso.entregas.get().direccion == "odp@mef.example"
    for envio in (acuse, aviso):
        assert "40123456" not in envio.asunto + envio.texto + envio.html


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"numero_documento": "123"}, "El DNI tiene 8 dígitos"),
        ({"correo": ""}, "Este campo es obligatorio"),
        ({"derecho": "otro"}, "otro"),
        ({"pedido": ""}, "Este campo es obligatorio"),
        ({"telefono": "abc"}, "Escriba el teléfono solo con dígitos"),
    ],
)
def test_lo_mal_escrito_se_dice_y_no_se_guarda_nada(client, cambio, dice):
    respuesta = enviar(client, **cambio)
    assert dice in respuesta.text
    assert "Quispe Mamani" in respuesta.text, "lo escrito no se pierde"
    assert not SolicitudDeDerechos.objects.exists()


def test_con_la_copia_del_documento_queda_como_archivo_privado(client):
    respuesta = enviar(client, copia_de_su_documento=foto())
    copia = SolicitudDeDerechos.objects.get().copia_de_documento
    assert copia.leer().startswith(b"%PDF-")
    assert "Con la copia de su documento" in respuesta.text


def test_quien_la_presenta_por_otra_adjunta_el_documento_y_su_poder_y_quedan_en_un_solo_archivo(client):
    respuesta = enviar(client, representante="Luis Ccori", copia_de_su_documento=[foto(), foto(), foto()])
    assert "Adjunte su poder junto con la copia" in client.get(FORMULARIO).text
    assert "Con la copia de su documento" in respuesta.text
    copia = SolicitudDeDerechos.objects.get().copia_de_documento
    assert len(PdfReader(io.BytesIO(copia.leer())).pages) == 3


def test_la_mesa_de_partes_adjunta_las_dos_caras_y_el_oficial_las_reemplaza_al_verificar(client, coordinadora):
    client.force_login(coordinadora)
    papel = datos(centro=coordinadora.centro.pk, recibida_el=timezone.localdate().isoformat())
    client.post(reverse("custodia_solicitud_registrar"), papel | {"copia_de_su_documento": [foto(), foto()]})
    una = SolicitudDeDerechos.objects.get()
    assert len(PdfReader(io.BytesIO(una.copia_de_documento.leer())).pages) == 2
    client.force_login(oficial())
    verificar = {"identidad": "copia", "correos": "", "copia_de_su_documento": [foto(), foto(), foto()]}
    client.post(reverse("custodia_solicitud_paso", args=[una.pk, "verificar"]), verificar)
    una.refresh_from_db()
    assert una.estado == "en_atencion"
    assert len(PdfReader(io.BytesIO(una.copia_de_documento.leer())).pages) == 3


def test_demasiados_archivos_se_rechazan(client):
    respuesta = enviar(client, copia_de_su_documento=[foto() for _ in range(7)])
    assert "Suba a lo más 6 archivos a la vez." in respuesta.text
    assert not SolicitudDeDerechos.objects.exists()


def test_un_archivo_que_no_es_lo_que_dice_se_rechaza(client):
    respuesta = enviar(client, copia_de_su_documento=SimpleUploadedFile("dni.pdf", b"<script>", "application/pdf"))
    assert "dni.pdf" in respuesta.text
    assert not SolicitudDeDerechos.objects.exists()


def test_pasado_el_tope_se_frena_sin_perder_lo_escrito(client):
    for _ in range(5):
        enviar(client)
    respuesta = enviar(client)
    assert respuesta.status_code == 429
    assert "Quispe Mamani" in respuesta.text
    assert SolicitudDeDerechos.objects.count() == 5


def test_la_pagina_publica_dice_todos_los_tratamientos_y_esta_en_el_pie(client, inicio):
    pagina = client.get("/proteccion-de-datos/").text
    for clave, tratamiento in TRATAMIENTOS.items():
        assert tratamiento.finalidad in pagina
        assert f'<div id="{clave}">' in pagina
    assert pagina.count("<details") == pagina.count("<summary>") == len(TRATAMIENTOS), "cerrados hasta que se abren"
    assert FORMULARIO in pagina
    assert "20 días hábiles" in pagina
    assert 'href="/proteccion-de-datos/"' in client.get("/privacidad/").text


def test_el_centro_registra_la_que_llego_en_papel_desde_el_dia_en_que_llego(client, coordinadora):
    client.force_login(coordinadora)
    ayer = timezone.localdate() - dt.timedelta(days=1)
    papel = datos(correo="", centro=coordinadora.centro.pk, recibida_el=ayer.isoformat())
    respuesta = client.post(reverse("custodia_solicitud_registrar"), papel)
    unica = SolicitudDeDerechos.objects.get()
    assert respuesta.url == reverse("custodia_solicitud", args=[unica.pk])
    assert (unica.canal, unica.centro, unica.recibida_el) == ("mesa", coordinadora.centro, ayer)
    assert unica.numero in client.get(reverse("custodia_solicitudes")).text


def test_no_se_registra_en_papel_por_otro_centro(client, coordinadora, arequipa):
    client.force_login(coordinadora)
    papel = datos(centro=arequipa.pk, recibida_el=timezone.localdate().isoformat())
    assert client.post(reverse("custodia_solicitud_registrar"), papel).status_code == 200
    assert not SolicitudDeDerechos.objects.exists()


def test_tampoco_por_el_centro_en_que_su_rol_no_recibe_solicitudes(client, coordinadora, arequipa):
    asignar_rol(usuario=coordinadora, rol=Rol.ESPECIALISTA, centro=arequipa)
    client.force_login(coordinadora)
    form = client.get(reverse("custodia_solicitud_registrar")).context["form"]
    assert list(form.fields["centro"].queryset) == [coordinadora.centro]


def test_el_dia_en_que_vence_todavia_se_atiende(client):
    dicho = f"a más tardar el {fecha_larga(enviar(client).context['solicitud'].vence_el)}"
    acuse = Envio.objects.get()
    assert dicho in client.get(reverse("custodia:solicitud-recibida")).text.replace("</dt><dd>", " ")
    assert dicho in acuse.texto
    assert dicho in acuse.html


def test_la_ficha_de_una_cerrada_dice_su_estado_una_vez(client):
    por = oficial()
    una = derechos.atender(solicitud=verificada(por=por), respuesta="Listo.", por=por)
    client.force_login(por)
    texto = client.get(reverse("custodia_solicitud", args=[una.pk])).text
    assert texto.count("Atendida") == 2  # su reloj y el paso de lo actuado


def test_la_de_otro_centro_y_la_de_la_web_no_existen_para_un_centro(client, coordinadora, arequipa):
    client.force_login(coordinadora)
    ajenas = [solicitud(), solicitud(centro=arequipa)]
    for ajena in ajenas:
        for ruta in ("custodia_solicitud", "custodia_paquete"):
            assert client.get(reverse(ruta, args=[ajena.pk])).status_code == 404
        assert ajena.numero not in client.get(reverse("custodia_solicitudes"), {"ver": "todas"}).text


@pytest.mark.parametrize("rol", [Rol.OGAUC, Rol.COMUNICACIONES, Rol.OGTI, Rol.ADMINISTRADOR])
def test_en_la_sede_solo_las_ve_el_oficial(client, rol):
    una = solicitud()
    client.force_login(personas.con_rol("alguien", rol))
    assert client.get(reverse("custodia_solicitud", args=[una.pk])).status_code == 403
    client.force_login(oficial())
    assert client.get(reverse("custodia_solicitud", args=[una.pk])).status_code == 200


def test_cada_paso_queda_en_el_rastro_sin_datos_de_la_persona(client):
    una = solicitud()
    huella = Huella.objects.get(modelo="custodia.solicituddederechos", objeto=str(una.pk))
    assert huella.accion == "solicitud sobre datos: recibida"
    assert huella.detalle == {"derecho": "acceso"}

"""Un correo informativo se escribe, se guarda, se corrige y se envía con su copia; enviado, ya no cambia (R112)."""

import io
import json

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pypdf import PdfWriter
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from boletines.actions import borradores
from boletines.actions import difusion as acciones
from boletines.models import CorreoDifundido
from boletines.models.difundido import TEXTO
from boletines.segmentos import Segmento
from correo.actions import cancelar
from correo.cartero import repartir_pendientes
from correo.models import Entrega, Envio
from custodia.models import ArchivoPrivado
from directorio.models import Personal
from tests import personas
from tests.fabricas import CorreoDifundidoFactory, EntidadFactory, OperadorFactory, PersonalFactory, SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _privado_aparte(settings, tmp_path):
    settings.PRIVADO_ROOT = tmp_path


@pytest.fixture
def especialista(db):
    return personas.especialista_de_cusco()


@pytest.fixture
def operadores(cusco):
    PersonalFactory(cargo=Personal.Cargo.COORDINADOR, centro=cusco, correo="coordinadora@mef.example")
    for correo in ("a@muni.example", "b@muni.example"):
        OperadorFactory(entidad=EntidadFactory(centro=cusco), correo=correo).sistemas.add(SistemaFactory())


@pytest.fixture
def borrador(cusco, especialista):
    return CorreoDifundidoFactory(centro=cusco, creado_por=especialista)


def contenido(html="<p>El cierre vence el <b>viernes</b>.</p>"):
    """Lo que manda el editor."""
    return ContentstateConverter(TEXTO).from_database_format(html)


def datos(**cambios):
    return {"asunto": "Cierre presupuestario", "cuerpo": contenido(), "audiencias": ["operadores"]} | cambios


def pdf(nombre="directiva.pdf", relleno=0):
    salida = io.BytesIO()
    escritor = PdfWriter()
    escritor.add_blank_page(100, 100)
    escritor.write(salida)
    return SimpleUploadedFile(nombre, salida.getvalue() + b"\n%" * relleno, "application/pdf")


def xlsx(nombre="formato.xlsx"):
    salida = io.BytesIO()
    Workbook().save(salida)
    return SimpleUploadedFile(nombre, salida.getvalue())


def editar(correo):
    return reverse("difusion_editar", args=[correo.pk])


def enviar(client, correo, **cambios):
    visto = client.get(editar(correo)).context["revision"].huella
    cuerpo = contenido(correo.cuerpo)
    iguales = datos(asunto=correo.asunto, cuerpo=cuerpo, visto=visto, hacer="enviar")
    return client.post(editar(correo), iguales | cambios)


def test_se_guarda_en_borrador_y_se_ve_como_quedara(client, operadores, especialista, cusco):
    client.force_login(especialista)

    respuesta = client.post(reverse("difusion_nuevo"), datos(), follow=True)

    correo = CorreoDifundido.objects.get()
    assert (correo.centro, correo.creado_por, correo.enviado_en) == (cusco, especialista, None)
    assert respuesta.redirect_chain[-1][0] == editar(correo)
    assert respuesta.context["revision"].nuevas == 2
    assert "El cierre vence el" in respuesta.context["revision"].mensaje.html


def test_r112_enviarlo_crea_sus_entregas_con_copia_y_sin_espera_a_un_solo_centro(
    client, operadores, especialista, borrador, monkeypatch
):
    pedidos = []
    poner = acciones.poner_en_cola
    monkeypatch.setattr(acciones, "poner_en_cola", lambda **pedido: pedidos.append(pedido) or poner(**pedido))
    client.force_login(especialista)

    respuesta = enviar(client, borrador)

    borrador.refresh_from_db()
    assert respuesta.url == reverse("difusion_detalle", args=[borrador.pk])
    assert sorted(borrador.envio.entregas.values_list("direccion", "es_copia")) == [
        ("a@muni.example", False),
        ("b@muni.example", False),
        ("coordinadora@mef.example", True),
    ]
    assert pedidos[-1]["sin_espera"] is True
    assert borrador.envio.lista == "informativos-cusco"


def test_a_todos_los_centros_pasa_por_el_gobierno(operadores, monkeypatch):
    pedidos = []
    poner = acciones.poner_en_cola
    monkeypatch.setattr(acciones, "poner_en_cola", lambda **pedido: pedidos.append(pedido) or poner(**pedido))
    sede = personas.comunicaciones()
    correo = CorreoDifundidoFactory(centro=None, creado_por=sede)

    acciones.enviar_informativo(correo=correo, por=sede, urgencia="Vence hoy")

    assert (pedidos[0]["sin_espera"], pedidos[0]["urgencia"]) == (False, "Vence hoy")


def test_enviarlo_dos_veces_no_lo_repite(operadores, especialista, borrador):
    primero = acciones.enviar_informativo(correo=borrador, por=especialista)
    segundo = acciones.enviar_informativo(correo=borrador, por=especialista)

    assert primero.envio == segundo.envio
    assert Envio.objects.count() == 1


def test_cancelado_antes_de_salir_vuelve_a_borrador_y_se_puede_enviar_corregido(operadores, especialista, borrador):
    enviado = acciones.enviar_informativo(correo=borrador, por=especialista)
    cancelar(envio=enviado.envio, por=especialista)
    borrador.refresh_from_db()
    assert (borrador.envio, borrador.enviado_en) == (None, None)
    otra_vez = acciones.enviar_informativo(correo=borrador, por=especialista)
    assert otra_vez.envio.pk != enviado.envio.pk


def test_lo_que_se_corrigio_sin_verlo_se_guarda_y_no_se_envia(client, operadores, especialista, borrador):
    client.force_login(especialista)

    enviar(client, borrador, asunto="Otro asunto")

    borrador.refresh_from_db()
    assert borrador.asunto == "Otro asunto"
    assert not Envio.objects.exists()


def test_enviado_ya_no_cambia_ni_se_borra(client, operadores, especialista, borrador):
    acciones.enviar_informativo(correo=borrador, por=especialista)
    client.force_login(especialista)

    assert client.post(editar(borrador), datos(asunto="Tarde")).url == reverse("difusion_detalle", args=[borrador.pk])
    assert client.post(reverse("difusion_borrar", args=[borrador.pk])).status_code == 404
    with pytest.raises(borradores.YaEnviado):
        borradores.borrar_borrador(correo=borrador, por=especialista)
    borrador.refresh_from_db()
    assert borrador.asunto != "Tarde"


def test_sin_texto_se_guarda_pero_no_se_envia(client, operadores, especialista, borrador):
    client.force_login(especialista)
    CorreoDifundido.objects.update(cuerpo="")
    borrador.refresh_from_db()

    respuesta = enviar(client, borrador)

    assert respuesta.url == editar(borrador)
    assert not Envio.objects.exists()


def test_sin_nadie_a_quien_enviarlo_no_queda_nada(especialista, borrador):
    with pytest.raises(acciones.NadieAQuienEnviar):
        acciones.enviar_informativo(correo=borrador, por=especialista)

    borrador.refresh_from_db()
    assert borrador.enviado_en is None
    assert not Envio.objects.exists()


def test_un_borrador_se_borra_con_sus_adjuntos(client, especialista, borrador):
    client.force_login(especialista)
    client.post(editar(borrador), datos(archivos=[pdf()]))
    assert ArchivoPrivado.objects.count() == 1

    client.post(reverse("difusion_borrar", args=[borrador.pk]))

    assert not CorreoDifundido.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_lleva_hasta_tres_adjuntos_y_viajan_en_cada_mensaje(client, operadores, especialista, borrador):
    client.force_login(especialista)
    client.post(editar(borrador), datos(archivos=[pdf(), xlsx()]))
    assert borrador.adjuntos.count() == 2

    demasiados = client.post(editar(borrador), datos(archivos=[pdf("b.pdf"), pdf("c.pdf")]))
    assert "a lo más 3 adjuntos" in demasiados.content.decode()
    assert borrador.adjuntos.count() == ArchivoPrivado.objects.count() == 2

    acciones.enviar_informativo(correo=borrador, por=especialista)
    Envio.objects.update(sale_en=None, estado=Envio.Estado.EN_COLA)
    repartir_pendientes()
    for mensaje in mail.outbox:
        assert [adjunto[0] for adjunto in mensaje.attachments] == ["directiva.pdf", "formato.xlsx"]


def test_un_adjunto_se_quita_y_se_descarga(client, especialista, borrador):
    client.force_login(especialista)
    client.post(editar(borrador), datos(archivos=[pdf()]))
    adjunto = borrador.adjuntos.get()
    url = reverse("difusion_adjunto", args=[borrador.pk, adjunto.pk])
    assert b"".join(client.get(url).streaming_content).startswith(b"%PDF-")

    client.post(editar(borrador), datos(quitar=[adjunto.pk]))

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("archivo", "dice"),
    [
        (SimpleUploadedFile("programa.exe", b"MZ"), "se adjuntan PDF o XLSX"),
        (SimpleUploadedFile("falso.pdf", b"no soy un pdf"), "está dañado"),
        (SimpleUploadedFile("falso.xlsx", b"no soy un libro"), "no es un archivo XLSX"),
        (pdf("enorme.pdf", relleno=600_000), "lo más que se adjunta"),
    ],
    ids=["ejecutable", "pdf", "xlsx", "pesado"],
)
def test_un_adjunto_que_no_sirve_se_rechaza_y_dice_por_que(client, especialista, borrador, archivo, dice):
    archivo.seek(0)
    client.force_login(especialista)

    respuesta = client.post(editar(borrador), datos(archivos=[archivo]))

    assert dice in respuesta.content.decode()
    assert not ArchivoPrivado.objects.exists()


@pytest.mark.parametrize(
    "asunto", ["Uno\r\nBcc: intruso@fuera.example", "Uno\nX-Otra: 1", "\x00", "a" * 151, "", "Uno\x0bDos"]
)
def test_un_asunto_que_abre_cabeceras_o_no_cabe_se_rechaza(client, especialista, borrador, asunto):
    antes = borrador.asunto
    client.force_login(especialista)

    respuesta = client.post(editar(borrador), datos(asunto=asunto))

    borrador.refresh_from_db()
    assert respuesta.status_code == 200
    assert borrador.asunto == antes


@settings(max_examples=25)
@given(asunto=st.text(max_size=160))
def test_ningun_asunto_agrega_una_cabecera(asunto, operadores, especialista, cusco):
    """Aunque el asunto llegue a la base sin pasar por el formulario."""
    mail.outbox = []
    correo = CorreoDifundidoFactory(centro=cusco, creado_por=especialista, asunto="x")
    correo.asunto = asunto.replace("\x00", "").encode("utf-8", "ignore").decode()[:150] or "x"
    CorreoDifundido.objects.filter(pk=correo.pk).update(asunto=correo.asunto)
    acciones.enviar_informativo(correo=correo, por=especialista)
    Envio.objects.update(sale_en=None, estado=Envio.Estado.EN_COLA)
    repartir_pendientes()

    esperadas = {"Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To"}
    for mensaje in mail.outbox:
        propias = {c for c in mensaje.message() if not c.startswith(("List-", "X-")) and c not in esperadas}
        assert propias <= {"Precedence", "Auto-Submitted", "Content-Transfer-Encoding", "Feedback-ID"}


@pytest.mark.parametrize(
    "cuerpo", ["<script>alert(1)</script>", "{", "[]", "null", '{"blocks": 3}', '{"blocks": [{"type": "x"}]}', "\x00"]
)
def test_un_cuerpo_que_no_armo_el_editor_no_tumba_nada_ni_mete_html(client, especialista, borrador, cuerpo):
    client.force_login(especialista)

    respuesta = client.post(editar(borrador), datos(cuerpo=cuerpo))

    borrador.refresh_from_db()
    assert respuesta.status_code in (200, 302)
    assert "<script" not in borrador.cuerpo


def test_el_html_escrito_a_mano_sale_como_texto(client, especialista, borrador):
    bloque = {"key": "a", "text": "<img src=x onerror=alert(1)>", "type": "unstyled", "depth": 0}
    crudo = json.dumps({"entityMap": {}, "blocks": [bloque | {"inlineStyleRanges": [], "entityRanges": []}]})
    client.force_login(especialista)

    client.post(editar(borrador), datos(cuerpo=crudo))

    borrador.refresh_from_db()
    assert "<img" not in borrador.cuerpo
    assert "&lt;img" in borrador.cuerpo


def test_la_prueba_lleva_los_adjuntos_y_va_solo_a_quien_la_pide(client, operadores, especialista, borrador):
    especialista.email = "yo@mef.example"
    especialista.save()
    client.force_login(especialista)

    client.post(editar(borrador), datos(archivos=[pdf()], hacer="prueba"))

    [entrega] = Entrega.objects.all()
    assert entrega.direccion == "yo@mef.example"
    assert len(entrega.envio.adjuntos) == 1


def test_lo_que_falla_al_guardar_no_deja_medio_borrador(especialista, cusco):
    with pytest.raises(borradores.DemasiadosAdjuntos):
        borradores.guardar_informativo(
            asunto="Uno",
            cuerpo="",
            sistema=None,
            segmento=Segmento(("operadores",), centro=cusco.pk),
            por=especialista,
            adjuntos=[borradores.Adjunto(f"{n}.pdf", "application/pdf", b"x") for n in range(4)],
        )

    assert not CorreoDifundido.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_lo_enviado_muestra_a_quienes_con_que_resultado_y_en_copia(client, operadores, especialista, borrador):
    acciones.enviar_informativo(correo=borrador, por=especialista)
    Entrega.objects.filter(direccion="a@muni.example").update(estado="enviada")
    Entrega.objects.filter(direccion="b@muni.example").update(estado="rebotada")
    client.force_login(especialista)

    respuesta = client.get(reverse("difusion_detalle", args=[borrador.pk]))

    assert respuesta.context["resultados"] == {
        "total": 2,
        "por_salir": 0,
        "resueltas": 2,
        "enviada": 1,
        "rebotada": 1,
    }
    assert "coordinadora@mef.example" in respuesta.content.decode()
    assert reverse("correo_envio_detalle", args=[borrador.envio_id or Envio.objects.get().pk]) in (
        respuesta.content.decode()
    )


def test_medio_caracter_en_el_texto_no_tumba_el_pedido(client, especialista):
    """El JSON del editor puede traer «\\ud800», que ninguna base guarda."""
    bloque = {"key": "a", "text": "Plazo \ud800 viernes", "type": "unstyled", "depth": 0}
    bloque |= {"inlineStyleRanges": [], "entityRanges": []}
    client.force_login(especialista)
    pedido = {
        "asunto": "Plazo",
        "cuerpo": json.dumps({"blocks": [bloque], "entityMap": {}}),
        "audiencias": "operadores",
    }
    assert client.post(reverse("difusion_nuevo"), pedido).status_code == 302
    assert "Plazo ? viernes" in CorreoDifundido.objects.get().cuerpo

"""Los incidentes con datos personales y su cuenta regresiva."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.models import Envio
from custodia.actions.vulneraciones import (
    FaltaElMotivo,
    NoSeCierra,
    avisar_plazos,
    cerrar_vulneracion,
    notificar_a_las_personas,
    registrar_vulneracion,
)
from custodia.models import AjustesPrivacidad, Huella, Vulneracion
from intranet.bandeja import asuntos_de
from organizacion.models import Rol
from tests import personas
from tests.custodia.derechos import oficial
from tests.pdf import texto_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def odp():
    AjustesPrivacidad.objects.update_or_create(pk=AjustesPrivacidad.load().pk, defaults={"correo": "odp@mef.example"})
    return oficial()


@pytest.fixture
def cliente(client, odp):
    client.force_login(odp)
    return client


def incidente(por, hace=3, **mas) -> Vulneracion:
    detectada = timezone.now() - dt.timedelta(hours=hace)
    datos = {"detectada_en": detectada, "que_paso": "Se perdió una memoria USB.", "datos": "Nombres y DNI", **mas}
    return registrar_vulneracion(datos=datos, por=por)


def dar(cliente, fila, paso, **datos):
    return cliente.post(reverse("custodia_vulneracion_paso", args=[fila.pk, paso]), datos)


def test_el_reloj_corre_desde_que_se_detecto_y_no_desde_que_se_registro(cliente, odp):
    antes = timezone.localtime() - dt.timedelta(hours=20)
    datos = {"detectada_en": antes.strftime("%Y-%m-%dT%H:%M"), "que_paso": "Se perdió", "datos": "DNI", "cuantas": 0}
    cliente.post(reverse("custodia_vulneracion_registrar"), datos)
    fila = Vulneracion.objects.get()
    assert fila.vence_en == fila.detectada_en + dt.timedelta(hours=48)
    assert fila.cuanto_falta.startswith("27 h")
    for pantalla in (reverse("custodia_vulneracion", args=[fila.pk]), reverse("custodia_privacidad")):
        assert "27 h" in cliente.get(pantalla).text
    linea = next(a for a in asuntos_de(odp) if a.titulo.startswith("Incidentes")).lineas[0]
    assert linea.detalle.startswith("quedan 27 h")


def test_no_se_detecta_lo_que_todavia_no_pasa(cliente):
    manana = (timezone.localtime() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    datos = {"detectada_en": manana, "que_paso": "x", "datos": "x", "cuantas": 0}
    assert "todavía no llega" in cliente.post(reverse("custodia_vulneracion_registrar"), datos).text
    assert not Vulneracion.objects.exists()


def test_se_avisa_a_las_24_y_a_las_4_horas_una_vez_cada_una(odp):
    fila = incidente(odp, hace=1)
    a_las = lambda horas: fila.vence_en - dt.timedelta(hours=horas)  # noqa: E731
    assert avisar_plazos(a_las(30)) == ""
    for horas, van in ((23.9, 1), (20, 1), (3.9, 2), (1, 2), (-5, 2)):
        avisar_plazos(a_las(horas))
        assert Envio.objects.count() == van, horas
    assert {e.entregas.get().direccion for e in Envio.objects.all()} == {"odp@mef.example"}


def test_si_el_portal_estuvo_apagado_sale_solo_el_aviso_mas_urgente(odp):
    fila = incidente(odp, hace=1)
    avisar_plazos(fila.vence_en - dt.timedelta(hours=2))
    assert Envio.objects.get().clave == f"vulneracion:{fila.pk}:4"


def test_notificado_a_la_autoridad_ya_no_se_avisa(cliente, odp):
    fila = incidente(odp, hace=30)
    ahora = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    assert dar(cliente, fila, "autoridad", en=ahora, como="Cargo 123").status_code == 302
    assert avisar_plazos() == ""
    fila.refresh_from_db()
    assert (fila.constancia, fila.semaforo) == ("Cargo 123", "en-plazo")


def test_una_notificacion_tardia_se_corrige_con_su_motivo_y_lo_que_decia_queda(cliente, odp):
    fila = incidente(odp, hace=100)
    hace = lambda horas: (timezone.localtime() - dt.timedelta(hours=horas)).strftime("%Y-%m-%dT%H:%M")  # noqa: E731
    tardia, a_tiempo = hace(1), hace(90)
    dar(cliente, fila, "autoridad", en=tardia, como="Cargo 123")
    pagina = dar(cliente, fila, "autoridad", en=a_tiempo, como="Cargo 123").text
    assert "Ya consta que se notificó el" in pagina
    fila.refresh_from_db()
    assert fila.semaforo == "vencida"
    detalle = cliente.get(reverse("custodia_vulneracion", args=[fila.pk])).text
    assert "Corregir la notificación a la Autoridad" in detalle
    assert "Registrar la notificación a las personas" in detalle
    motivo = "El cargo dice otra fecha"
    assert dar(cliente, fila, "autoridad", en=a_tiempo, como="Cargo 123", motivo=motivo).status_code == 302
    texto = fila.pasos.last().texto
    assert f"Antes: {dt.datetime.fromisoformat(tardia):%d/%m/%Y, %H:%M}: Cargo 123" in texto
    assert motivo in texto
    huella = Huella.objects.filter(accion="incidente: notificado a la autoridad").latest("pk")
    assert (dt.datetime.fromisoformat(huella.detalle["antes"]) - fila.vence_en).total_seconds() > 0
    assert huella.motivo == motivo


def test_repetir_la_misma_notificacion_no_anota_otro_paso(odp):
    fila = incidente(odp)
    for _ in range(2):
        notificar_a_las_personas(vulneracion=fila, en=fila.detectada_en, como="Por correo", por=odp)
    assert fila.pasos.filter(que="Notificado a las personas").count() == 1
    with pytest.raises(FaltaElMotivo):
        notificar_a_las_personas(vulneracion=fila, en=timezone.now(), como="Por correo", por=odp)


def test_sin_correo_en_los_ajustes_se_avisa_a_quien_tiene_el_rol_y_sin_nadie_se_insiste():
    quien = oficial()
    fila = incidente(quien, hace=30)
    quien.email = ""
    quien.save()
    for _ in range(2):
        assert avisar_plazos() == "1 incidentes por notificar sin un Oficial con correo"
    fila.refresh_from_db()
    assert (fila.avisos, Envio.objects.count()) == ([], 0)
    quien.email = "rosa.odp@mef.example"
    quien.save()
    avisar_plazos()
    fila.refresh_from_db()
    assert (fila.avisos, Envio.objects.get().entregas.get().direccion) == ([24], "rosa.odp@mef.example")


def test_no_se_cierra_sin_notificar_ni_sin_medidas(cliente, odp):
    fila = incidente(odp)
    assert "Falta registrar la notificación" in dar(cliente, fila, "cerrar", texto="Listo").text
    ahora = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    dar(cliente, fila, "autoridad", en=ahora, como="Cargo 123")
    dar(cliente, fila, "personas", en=ahora, como="Por correo a cada una")
    assert "Faltan las medidas" in dar(cliente, fila, "cerrar", texto="Listo").text


def test_sin_notificar_a_las_personas_se_cierra_solo_diciendo_por_que_y_el_informe_lo_dice(cliente, odp):
    fila = incidente(odp, medidas="Se cifran.")
    dar(cliente, fila, "autoridad", en=timezone.localtime().strftime("%Y-%m-%dT%H:%M"), como="Cargo 123")
    for datos in ({"texto": "Listo"}, {"texto": "Listo", "sin_notificar": "  "}):
        assert dar(cliente, fila, "cerrar", **datos).status_code == 200
    with pytest.raises(NoSeCierra):
        cerrar_vulneracion(vulneracion=fila, conclusion="Listo", por=odp)
    motivo = "La memoria estaba cifrada y se recuperó."
    assert dar(cliente, fila, "cerrar", texto="Listo", sin_notificar=motivo).status_code == 302
    assert [paso.que for paso in fila.pasos.all()][-2:] == ["No se notifica a las personas", "Cerrado"]
    assert motivo in cliente.get(reverse("custodia_vulneracion", args=[fila.pk])).text
    respuesta = cliente.get(reverse("custodia_vulneracion_informe", args=[fila.pk]))
    assert f"No se les notifica. {motivo}" in " ".join(texto_de(b"".join(respuesta.streaming_content)).split())


def test_los_documentos_que_se_cuelan_en_lo_escrito_se_guardan_tapados_y_se_dice(cliente, odp):
    hace_poco = (timezone.localtime() - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    datos = {"detectada_en": hace_poco, "que_paso": "Salió el DNI 40123456", "datos": "x", "cuantas": 1, "medidas": ""}
    pagina = cliente.post(reverse("custodia_vulneracion_registrar"), datos, follow=True)
    fila = Vulneracion.objects.get()
    assert fila.que_paso == "Salió el DNI [tapado]"
    assert "se guardó tapado" in pagina.text
    Vulneracion.objects.update(que_paso="De antes: DNI 40123456")
    for paso, escrito in (
        ("completar", {"que_paso": "Otra cosa", "datos": "x", "cuantas": 1, "medidas": "Llamar al 984123456"}),
        ("personas", {"en": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "como": "A rosa@muni.example"}),
    ):
        assert dar(cliente, fila, paso, **escrito).status_code == 302
    detalle = cliente.get(reverse("custodia_vulneracion", args=[fila.pk])).text
    assert not [dato for dato in ("40123456", "984123456", "rosa@muni.example") if dato in detalle]


def test_la_constancia_de_la_autoridad_se_guarda_como_es(cliente, odp):
    fila = incidente(odp)
    ahora = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    dar(cliente, fila, "autoridad", en=ahora, como="Cargo 2026000123456")
    fila.refresh_from_db()
    assert fila.constancia == "Cargo 2026000123456"


def test_se_completa_se_notifica_y_se_cierra_con_su_informe(cliente, odp):
    fila = incidente(odp)
    ahora = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    dar(cliente, fila, "completar", que_paso="Se perdió una USB.", datos="Nombres", cuantas=34, medidas="Se cifran.")
    dar(cliente, fila, "autoridad", en=ahora, como="Cargo 123")
    dar(cliente, fila, "personas", en=ahora, como="Por correo a cada una")
    assert dar(cliente, fila, "cerrar", texto="Cerrado sin más daño.").status_code == 302
    respuesta = cliente.get(reverse("custodia_vulneracion_informe", args=[fila.pk]))
    texto = texto_de(b"".join(respuesta.streaming_content))
    for dicho in (fila.numero, "34", "Cargo 123", "Por correo a cada una", "Cerrado sin más daño."):
        assert dicho in texto, dicho
    assert dar(cliente, fila, "completar", que_paso="x", datos="x", cuantas=1, medidas="x").status_code == 404
    assert [p.que for p in fila.pasos.all()][-1] == "Cerrado"
    assert Huella.objects.filter(modelo="custodia.vulneracion", objeto=str(fila.pk)).count() == 5


def test_la_notificacion_no_es_de_antes_de_detectarlo(cliente, odp):
    fila = incidente(odp)
    antes = (timezone.localtime() - dt.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    assert "anterior a cuando se detectó" in dar(cliente, fila, "autoridad", en=antes, como="x").text


@pytest.mark.parametrize(
    ("rol", "ve", "registra", "gobierna"),
    [
        (Rol.ODP, True, True, True),
        (Rol.ADMINISTRADOR, True, True, False),
        (Rol.OGAUC, True, False, False),
        (Rol.COMUNICACIONES, False, False, False),
    ],
)
def test_quien_ve_quien_registra_y_quien_los_lleva(client, odp, rol, ve, registra, gobierna):
    fila = incidente(odp)
    client.force_login(personas.con_rol("alguien", rol))
    puede = lambda ruta, *args: client.get(reverse(ruta, args=args)).status_code == 200  # noqa: E731
    assert puede("custodia_vulneraciones") == ve
    assert puede("custodia_vulneracion", fila.pk) == ve
    assert puede("custodia_vulneracion_registrar") == registra
    assert puede("custodia_vulneracion_paso", fila.pk, "completar") == gobierna

"""Lo que la mesa registra: una sola vez cada cosa, en orden, y con sus conflictos a la vista."""

import base64
import datetime as dt
import io
import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from correo.models import Entrega
from custodia.models import ArchivoPrivado, Huella
from eventos.actions import operaciones_de_mesa as acciones
from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.inscripcion import anular
from eventos.actions.mesa import abrir_mesa
from eventos.actions.operaciones_de_mesa import Operacion, aplicar
from eventos.cifras import cifras_de
from eventos.mesa.datos import sesion_que_toca
from eventos.models import Asistencia, FirmaEnPantalla, Inscripcion, OperacionDeMesa, Sesion
from organizacion.models import AjustesPortal
from tests.fabricas import EntidadFactory, InscripcionFactory, PersonaFactory, SesionFactory

from .aparato import Aparato, operacion, quien_llega

pytestmark = pytest.mark.django_db
HACE_UN_RATO = dt.timedelta(minutes=10)


@pytest.fixture
def inscripcion(capacitacion):
    return InscripcionFactory(capacitacion=capacitacion)


@pytest.fixture
def otra_mesa(capacitacion, asistente):
    return Aparato(abrir_mesa(capacitacion=capacitacion, nombre="Puerta lateral", por=asistente))


# --- Marcar, deshacer y agregar ---


def test_marcar_en_la_mesa_es_haber_firmado_el_papel_y_dice_donde(aparato, sesion, inscripcion, asistente):
    [hecha] = aparato.hacer(operacion(sesion=sesion, de=inscripcion))
    assert (hecha["codigo"], hecha["texto"]) == ("hecha", "")
    asistencia = Asistencia.objects.get()
    assert asistencia.esta_firmada
    assert (asistencia.medio, asistencia.mesa, asistencia.registrada_por) == ("papel", aparato.mesa, asistente)
    [marca] = aparato.ver("datos.json").json()["marcas"]
    assert (marca["persona"], marca["donde"], marca["quien"]) == (inscripcion.pk, "Puerta principal", "asistente.cusco")


def test_deshacer_deja_de_contar(aparato, sesion, inscripcion, capacitacion):
    marcar, quitar = (operacion(tipo, sesion=sesion, de=inscripcion) for tipo in ("marcar", "quitar"))
    respuesta = aparato.enviar(marcar, quitar)
    assert [r["codigo"] for r in respuesta.json()["resultados"]] == ["hecha", "hecha"]
    assert respuesta.json()["confirmadas"] == 1
    assert cifras_de(capacitacion).participantes == 0


def test_sin_red_marcar_deshacer_y_volver_a_marcar_llega_en_orden(aparato, sesion, inscripcion):
    antes = timezone.now() - HACE_UN_RATO
    tipos = ("marcar", "quitar", "marcar")
    resultados = aparato.hacer(*(operacion(tipo, sesion=sesion, de=inscripcion, en=antes) for tipo in tipos))
    assert [r["codigo"] for r in resultados] == ["hecha"] * 3
    assert Asistencia.objects.get().esta_firmada


def test_r82_quien_llega_sin_inscribirse_queda_inscrito_y_firmado(aparato, sesion, capacitacion):
    entidad = EntidadFactory(nombre="Beneficencia de Anta")
    agregar = operacion("agregar", sesion=sesion, datos=quien_llega())
    [hecha] = aparato.hacer(agregar)
    inscripcion = Inscripcion.objects.get()
    assert (hecha["inscripcion"], inscripcion.canal, inscripcion.entidad) == (inscripcion.pk, "mesa", entidad)
    assert inscripcion.estado == Inscripcion.Estado.CONFIRMADA
    assert cifras_de(capacitacion).participantes == 1
    assert Entrega.objects.count() == 1


def test_agregada_sin_red_se_deshace_por_el_numero_con_que_se_agrego(aparato, sesion):
    agregar = operacion("agregar", sesion=sesion, datos=quien_llega())
    resultados = aparato.hacer(agregar, operacion("quitar", sesion=sesion, de=agregar["numero"]))
    assert [r["codigo"] for r in resultados] == ["hecha", "hecha"]
    assert not Asistencia.objects.get().esta_firmada


def test_firma_quien_esperaba_un_cupo_y_queda_confirmado(aparato, sesion, capacitacion):
    en_espera = InscripcionFactory(capacitacion=capacitacion, estado=Inscripcion.Estado.EN_ESPERA)
    aparato.hacer(operacion(sesion=sesion, de=en_espera))
    en_espera.refresh_from_db()
    assert en_espera.estado == Inscripcion.Estado.CONFIRMADA


# --- Una sola vez ---


def test_el_mismo_lote_veinte_veces_no_repite_nada(aparato, sesion, inscripcion):
    lote = [operacion(sesion=sesion, de=inscripcion), operacion("agregar", sesion=sesion, datos=quien_llega())]
    respuestas = [aparato.hacer(*lote) for _ in range(20)]
    assert all(respuesta == respuestas[0] for respuesta in respuestas)
    assert (Inscripcion.objects.count(), Asistencia.objects.count(), Entrega.objects.count()) == (2, 2, 1)
    assert Huella.objects.filter(accion="registrar asistencia").count() == 2


def test_el_numero_de_otra_mesa_no_cuenta_que_hizo(aparato, otra_mesa, sesion, inscripcion):
    marca = operacion(sesion=sesion, de=inscripcion)
    aparato.hacer(marca)
    [resultado] = otra_mesa.hacer(marca)
    assert resultado["codigo"] == "ajena"
    assert "inscripcion" not in resultado


# --- Conflictos ---


def test_conflicto_la_persona_se_anulo(aparato, sesion, inscripcion):
    anular(inscripcion=inscripcion)
    [resultado] = aparato.hacer(operacion(sesion=sesion, de=inscripcion))
    assert resultado["codigo"] == "anulada"
    assert "agréguela otra vez" in resultado["texto"]
    assert not Asistencia.objects.exists()
    assert OperacionDeMesa.objects.get().conflicto == resultado["texto"]


def test_conflicto_ya_la_marco_otra_mesa(aparato, otra_mesa, sesion, inscripcion):
    otra_mesa.hacer(operacion(sesion=sesion, de=inscripcion))
    [resultado] = aparato.hacer(operacion(sesion=sesion, de=inscripcion))
    assert resultado["codigo"] == "ya"
    assert "la mesa Puerta lateral" in resultado["texto"]
    assert Asistencia.objects.get().mesa == otra_mesa.mesa


def test_marcar_dos_veces_en_la_misma_mesa_no_es_conflicto(aparato, sesion, inscripcion):
    resultados = aparato.hacer(operacion(sesion=sesion, de=inscripcion), operacion(sesion=sesion, de=inscripcion))
    assert [(r["codigo"], r["texto"]) for r in resultados] == [("hecha", ""), ("ya", "")]


def test_conflicto_en_otro_lado_se_quito_la_firma_despues(aparato, sesion, inscripcion, asistente):
    for firmaron in ({inscripcion.pk}, set()):
        marcar_asistencias(sesion=sesion, firmaron=firmaron, por=asistente)
    tarde = operacion(sesion=sesion, de=inscripcion, en=timezone.now() - HACE_UN_RATO)
    [resultado] = aparato.hacer(tarde)
    assert resultado["codigo"] == "quitada"
    assert "asistente.cusco" in resultado["texto"]
    assert not Asistencia.objects.get().esta_firmada
    [ahora] = aparato.hacer(operacion(sesion=sesion, de=inscripcion))
    assert ahora["codigo"] == "hecha", "marcarla otra vez, sabiéndolo, sí vale"


def test_conflicto_en_otro_lado_se_marco_despues_de_que_aqui_se_quitara(aparato, sesion, inscripcion, asistente):
    marcar_asistencias(sesion=sesion, firmaron={inscripcion.pk}, por=asistente)
    [resultado] = aparato.hacer(operacion("quitar", sesion=sesion, de=inscripcion, en=timezone.now() - HACE_UN_RATO))
    assert resultado["codigo"] == "marcada"
    assert Asistencia.objects.get().esta_firmada


def test_conflicto_el_documento_ya_esta_inscrito(aparato, sesion, capacitacion):
    persona = PersonaFactory(numero_documento="41234567")
    suya = InscripcionFactory(capacitacion=capacitacion, persona=persona)
    agregar = operacion("agregar", sesion=sesion, datos=quien_llega())
    [resultado] = aparato.hacer(agregar)
    assert (resultado["codigo"], resultado["inscripcion"]) == ("inscrita", suya.pk)
    assert str(suya) in resultado["texto"]
    assert not Asistencia.objects.exists(), "marcarla lo decide una persona: pudo errar el documento"
    [quitar] = aparato.hacer(operacion("quitar", sesion=sesion, de=agregar["numero"]))
    assert quitar["codigo"] == "persona", "lo que no se agregó no señala a la que ya estaba"


@pytest.mark.parametrize("como", ["quitada", "movida"])
def test_conflicto_la_sesion_cambio(aparato, sesion, inscripcion, como):
    if como == "quitada":
        sesion.delete()
    else:
        Sesion.objects.update(fecha=timezone.localdate() + dt.timedelta(days=3))
    [resultado] = aparato.hacer(operacion(sesion=sesion, de=inscripcion) | {"sesion": sesion.pk or 999})
    assert resultado["texto"]
    assert not Asistencia.objects.exists()


def test_un_dato_malo_de_quien_llego_se_explica_y_no_guarda_nada(aparato, sesion):
    [resultado] = aparato.hacer(operacion("agregar", sesion=sesion, datos=quien_llega(numero_documento="123")))
    assert resultado["codigo"] == "datos"
    assert "8 dígitos" in resultado["texto"]
    assert not Inscripcion.objects.exists()


def test_un_conflicto_no_detiene_lo_demas(aparato, sesion, inscripcion):
    mala = operacion(sesion=sesion, de=uuid.uuid4())
    resultados = aparato.hacer(mala, operacion(sesion=sesion, de=inscripcion))
    assert [r["codigo"] for r in resultados] == ["persona", "hecha"]


def test_si_falla_a_la_mitad_no_se_guarda_nada(mesa, sesion, monkeypatch):
    def caer(**_):
        raise RuntimeError("se cayó")

    monkeypatch.setattr(acciones, "marcar_asistencias", caer)
    datos = quien_llega() | {"entidad": None, "es_ciudadano": False}
    agregar = Operacion(uuid.uuid4(), "agregar", timezone.now(), sesion=sesion.pk, datos=datos)
    with pytest.raises(RuntimeError):
        aplicar(mesa=mesa, operacion=agregar)
    assert not Inscripcion.objects.exists()
    assert not OperacionDeMesa.objects.exists()
    assert not Entrega.objects.exists()


def test_con_el_reloj_del_aparato_mal_puesto_vale_cuanto_hace(aparato, sesion, inscripcion):
    adelantado = timezone.now() + dt.timedelta(days=400)
    aparato.enviar(operacion(sesion=sesion, de=inscripcion, en=adelantado - HACE_UN_RATO), reloj=adelantado)
    hace = timezone.now() - OperacionDeMesa.objects.get().ocurrida_en
    assert HACE_UN_RATO <= hace < HACE_UN_RATO + dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "cuerpo",
    [
        b"",
        b"[]",
        b'{"reloj": "x", "operaciones": []}',
        b'{"reloj": "2026-01-01T00:00:00Z", "operaciones": [1]}',
        b'{"reloj": "2026-01-01T00:00:00Z", "operaciones": [{}]}',
        b'{"reloj": "2026-01-01T00:00:00Z", "operaciones": ' + b"[" * 5000,
        b"\xff\x00",
    ],
)
def test_un_lote_que_no_se_entiende_es_un_400(aparato, cuerpo):
    respuesta = aparato.client.post(aparato.url("operaciones/"), cuerpo, content_type="application/json")
    assert respuesta.status_code == 400
    assert respuesta.json()["mensaje"]


# --- Firma con el dedo ---


def png(con_trazo=True, lado=(300, 120), formato="PNG"):
    imagen = Image.new("RGB", lado, "white")
    if con_trazo:
        ImageDraw.Draw(imagen).line([(10, 10), (200, 90)], fill="black", width=5)
    salida = io.BytesIO()
    imagen.save(salida, formato)
    return base64.b64encode(salida.getvalue()).decode()


@pytest.fixture
def admitida(db):
    ajustes = AjustesPortal.load()
    ajustes.firma_en_pantalla = True
    ajustes.save()


def test_apagada_el_servidor_rechaza_la_firma_con_el_dedo(aparato, sesion, inscripcion):
    [resultado] = aparato.hacer(operacion(sesion=sesion, de=inscripcion, trazo=png()))
    assert resultado["codigo"] == "pantalla"
    assert not Asistencia.objects.exists()
    assert not ArchivoPrivado.objects.exists()
    assert aparato.ver("datos.json").json()["firma_en_pantalla"] is False


def test_encendida_se_guarda_privada_con_su_hora_y_su_sha256(client, aparato, sesion, inscripcion, asistente, admitida):
    aparato.hacer(operacion(sesion=sesion, de=inscripcion, trazo=png(), en=timezone.now() - HACE_UN_RATO))
    asistencia, firma = Asistencia.objects.get(), FirmaEnPantalla.objects.get()
    assert asistencia.medio == Asistencia.Medio.PANTALLA
    assert timezone.now() - firma.firmada_en >= HACE_UN_RATO
    assert firma.archivo.finalidad == ArchivoPrivado.Finalidad.FIRMA
    assert firma.archivo.leer().startswith(b"\x89PNG")
    firma.archivo.archivo.close()
    assert len(firma.archivo.sha256) == 64
    url = f"/intranet/firmas/{asistencia.pk}.png"
    assert aparato.client.get(url).status_code == 403, "ni el aparato que la tomó la vuelve a ver"
    client.force_login(asistente)
    vista = client.get(url)
    assert vista["Content-Type"] == "image/png"
    assert "no-store" in vista["Cache-Control"]
    assert b"".join(vista).startswith(b"\x89PNG")
    assert firma.archivo.sha256[:16] in client.get(f"/intranet/capacitaciones/{sesion.capacitacion_id}/mesas/").text


def test_deshacer_borra_el_trazo_de_quien_se_marco_por_error(
    aparato, sesion, inscripcion, admitida, django_capture_on_commit_callbacks
):
    aparato.hacer(operacion(sesion=sesion, de=inscripcion, trazo=png()))
    archivo = ArchivoPrivado.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        aparato.hacer(operacion("quitar", sesion=sesion, de=inscripcion))
    assert not FirmaEnPantalla.objects.exists()
    assert not archivo.archivo.storage.exists(archivo.archivo.name)


@pytest.mark.parametrize(
    "trazo",
    [
        png(con_trazo=False),
        png(lado=(3000, 200)),
        png(formato="JPEG"),
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 50).decode(),
        "no es base64 ñ",
        "A" * 300_000,
    ],
    ids=["en blanco", "enorme", "jpeg", "svg", "dañada", "otra cosa", "pesada"],
)
def test_lo_que_no_es_una_firma_se_rechaza_y_no_marca(aparato, sesion, inscripcion, admitida, trazo):
    [resultado] = aparato.hacer(operacion(sesion=sesion, de=inscripcion, trazo=trazo))
    assert resultado["codigo"] == "datos"
    assert "firma" in resultado["texto"].lower()
    assert not Asistencia.objects.exists()
    assert not ArchivoPrivado.objects.exists()


# --- Qué sesión toca ---


def test_r81_en_varios_dias_la_mesa_ofrece_una_firma_por_dia(aparato, capacitacion, sesion):
    manana = sesion.fecha + dt.timedelta(days=1)
    del_dia = SesionFactory(capacitacion=capacitacion, fecha=manana)
    SesionFactory(capacitacion=capacitacion, fecha=manana, hora_inicio=dt.time(15), hora_fin=dt.time(18))
    datos = aparato.ver("datos.json").json()
    assert [fila["id"] for fila in datos["sesiones"]] == [sesion.pk, del_dia.pk]
    assert [fila["abre"] for fila in datos["sesiones"]] == [True, False]
    assert datos["toca"] == sesion.pk


def _momento(dia, hora):
    return timezone.make_aware(dt.datetime.combine(dia, hora))


@pytest.mark.parametrize(("hora", "turno"), [(7, 9), (10, 9), (13, 15), (16, 15), (22, 15)])
def test_r80_toca_la_sesion_que_se_dicta_o_la_que_viene(hora, turno):
    hoy = timezone.localdate()
    sesiones = [
        Sesion(pk=9, fecha=hoy, hora_inicio=dt.time(9), hora_fin=dt.time(12)),
        Sesion(pk=15, fecha=hoy, hora_inicio=dt.time(15), hora_fin=dt.time(18)),
    ]
    assert sesion_que_toca(sesiones, _momento(hoy, dt.time(hora))) == turno


FECHAS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))
MOMENTOS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 1, 1))


@given(st.lists(FECHAS, min_size=1, max_size=6, unique=True), MOMENTOS)
def test_siempre_toca_alguna_y_nunca_una_futura_si_hay_una_que_ya_llego(fechas, momento):
    momento = timezone.make_aware(momento)
    horas = {"hora_inicio": dt.time(9), "hora_fin": dt.time(12)}
    sesiones = [Sesion(pk=n, fecha=fecha, **horas) for n, fecha in enumerate(sorted(fechas), 1)]
    fecha = {sesion.pk: sesion.fecha for sesion in sesiones}[sesion_que_toca(sesiones, momento)]
    assert fecha <= timezone.localdate(momento) or min(fechas) > timezone.localdate(momento)

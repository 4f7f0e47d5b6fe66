"""Desde que el expediente se cierra nada de la capacitación cambia, y las pantallas lo dicen (ADR 0016)."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import ArchivoPrivado, Huella
from eventos import periodicas
from eventos.actions import cierre as modulo
from eventos.actions.asistencia import inscribir_en_puerta, marcar_asistencias
from eventos.actions.cancelacion import cancelar
from eventos.actions.capacitacion import guardar_capacitacion, publicar
from eventos.actions.cierre import CambioMientrasSeArmaba, NoEstaCerrado, cerrar, reabrir
from eventos.actions.correccion import corregir
from eventos.actions.encuesta import Hoja, registrar_respuestas
from eventos.actions.entidades import vincular_entidad
from eventos.actions.expediente import (
    FaltaElMotivo,
    devolver_pieza,
    dispensar_pieza,
    recibir_documentos,
    subir_pieza,
)
from eventos.actions.filas import Filas
from eventos.actions.grupo import inscribir_grupo
from eventos.actions.informe import entregar_parte, guardar_fotos, guardar_informe, presentar
from eventos.actions.inscripcion import InscripcionRechazada, anular, inscribir
from eventos.actions.llamada import poner_por_llamar
from eventos.actions.material import guardar_materiales
from eventos.actions.oferta import OfertaRechazada, aceptar, ofrecer, vencer
from eventos.actions.programa import guardar_programa
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.models import (
    ActividadPrograma,
    Asistencia,
    Capacitacion,
    CierreAnulado,
    Expediente,
    Expositor,
    Inscripcion,
    ParteDeExpediente,
    RespuestaEncuesta,
    Sesion,
)
from tests import personas
from tests.fabricas import AsistenciaFactory, EntidadFactory, InscripcionFactory, MaterialFactory

from .ayudas import edicion_de
from .realizadas import foto, por_cerrar
from .test_expediente import subido

pytestmark = pytest.mark.django_db
Anexo = "5"
DATOS = {
    "tipo_documento": "dni",
    "numero_documento": "40123456",
    "nombres": "Rosa",
    "apellidos": "Quispe",
    "correo": "",
    "telefono": "984123456",
    "entidad_texto": "Municipalidad de Wanchaq",
}


def con_de_todo(por):
    """Lista para cerrarse, con una inscripción en cada estado y una sin entidad."""
    capacitacion = por_cerrar(por)
    ayer = timezone.now() - dt.timedelta(days=1)
    InscripcionFactory(capacitacion=capacitacion, estado="en_espera")
    InscripcionFactory(capacitacion=capacitacion, estado="ofrecida", oferta_vence_en=ayer)
    InscripcionFactory(capacitacion=capacitacion, entidad=None, entidad_texto="Beneficencia")
    MaterialFactory(capacitacion=capacitacion)
    return capacitacion


@pytest.fixture
def cerrada(coordinadora):
    capacitacion = con_de_todo(coordinadora)
    cerrar(capacitacion=capacitacion, por=coordinadora)
    return Capacitacion.objects.get(pk=capacitacion.pk)


@pytest.fixture
def sellada(coordinadora):
    """Como la cerrada, sin gastar en armar su PDF."""
    capacitacion = con_de_todo(coordinadora)
    Capacitacion.objects.update(cerrada_en=timezone.now())
    return Capacitacion.objects.get(pk=capacitacion.pk)


def de(capacitacion, **filtros):
    return capacitacion.inscripciones.filter(**filtros).first()


ACCIONES = {
    "marcar asistencias": lambda c, por: marcar_asistencias(sesion=c.sesiones.get(), firmaron=set(), por=por),
    "inscribir en puerta": lambda c, por: inscribir_en_puerta(
        capacitacion=c, datos=DATOS, sesion=c.sesiones.get(), por=por
    ),
    "inscribir": lambda c, por: inscribir(capacitacion=c, datos=DATOS, por=por, canal="personal"),
    "inscribir por la web": lambda c, por: inscribir(capacitacion=c, datos=DATOS),
    "inscribir colegas": lambda c, por: inscribir_grupo(capacitacion=c, personas=[DATOS], envio=uuid.uuid4()),
    "anular": lambda c, por: anular(inscripcion=de(c, entidad=None), por=por),
    "anular por la web": lambda c, por: anular(inscripcion=de(c, entidad=None)),
    "corregir": lambda c, por: corregir(inscripcion=de(c, entidad=None), datos={"cargo": "Otro"}),
    "aceptar oferta": lambda c, por: aceptar(inscripcion=de(c, estado="ofrecida"), por=por),
    "vincular entidad": lambda c, por: vincular_entidad(
        inscripciones=[de(c, entidad=None)], entidad=EntidadFactory(), por=por
    ),
    "encuesta": lambda c, por: registrar_respuestas(capacitacion=c, respuestas=[Hoja({("general", None): 4})], por=por),
    "programa": lambda c, por: guardar_programa(
        capacitacion=c, actividades=Filas(quitar=list(ActividadPrograma.objects.all())), por=por
    ),
    "materiales": lambda c, por: guardar_materiales(
        capacitacion=c, filas=Filas(quitar=list(c.materiales.all())), por=por
    ),
    "editar": lambda c, por: guardar_capacitacion(
        capacitacion=c,
        sistemas=c.sistemas.all(),
        sesiones=Filas(),
        expositores=Filas(quitar=list(c.expositores.all())),
        por=por,
    ),
    "publicar": lambda c, por: publicar(capacitacion=c, por=por),
    "cancelar": lambda c, por: cancelar(capacitacion=c, motivo="fuerza_mayor", por=por),
    "poner por llamar": lambda c, por: poner_por_llamar(
        capacitacion=c, asunto="cambio", inscripciones=[de(c, entidad=None)]
    ),
    "informe": lambda c, por: guardar_informe(capacitacion=c, textos={}, por=por),
    "fotos": lambda c, por: guardar_fotos(capacitacion=c, filas=Filas(), nuevas=[(foto(), "Una")], por=por),
    "parte": lambda c, por: entregar_parte(expositor=c.expositores.get(), texto="Hola", por=por),
    "presentar": lambda c, por: presentar(capacitacion=c, por=por),
    "subir pieza": lambda c, por: subir_pieza(
        capacitacion=c, anexo=Anexo, archivos=[subido()], estado="firmado", por=por
    ),
    "dispensar pieza": lambda c, por: dispensar_pieza(capacitacion=c, anexo=Anexo, motivo="No hubo", por=por),
    "devolver pieza": lambda c, por: devolver_pieza(capacitacion=c, anexo=Anexo, por=por),
    "recibir documentos": lambda c, por: recibir_documentos(capacitacion=c, de="Julia", por=por),
}


RUTAS = [
    *("programa", "publicar", "cancelar", "asistencia", "asistencia-marcar", "asistencia-inscribir", "encuestas"),
    *("materiales", "informe", "informe-fotos", "informe-presentar", "expediente-recibir", "expediente-cerrar"),
]


def retrato(capacitacion):
    """Todo lo que una acción podría cambiar."""
    return (
        Capacitacion.objects.filter(pk=capacitacion.pk).values().get(),
        list(Inscripcion.objects.order_by("pk").values()),
        list(Asistencia.objects.order_by("pk").values()),
        list(Sesion.objects.values()),
        list(Expositor.objects.values()),
        list(ActividadPrograma.objects.values()),
        RespuestaEncuesta.objects.count(),
        capacitacion.materiales.count(),
        capacitacion.llamadas.count(),
        ArchivoPrivado.objects.count(),
        list(Expediente.objects.values()),
        Huella.objects.count(),
    )


@pytest.mark.parametrize("accion", ACCIONES)
def test_cerrado_el_expediente_ninguna_accion_cambia_nada(sellada, coordinadora, accion):
    antes = retrato(sellada)
    with pytest.raises((ExpedienteCerrado, InscripcionRechazada, OfertaRechazada)):
        ACCIONES[accion](sellada, coordinadora)
    assert retrato(sellada) == antes


@pytest.mark.parametrize("accion", ACCIONES)
def test_quien_la_leyo_antes_de_que_se_cerrara_tampoco_la_cambia(sellada, coordinadora, accion):
    """La fila en memoria dice que sigue abierta: manda la de la base, bajo llave."""
    sellada.cerrada_en = None
    antes = retrato(sellada)
    with pytest.raises((ExpedienteCerrado, InscripcionRechazada, OfertaRechazada)):
        ACCIONES[accion](sellada, coordinadora)
    assert retrato(sellada) == antes


def test_ni_el_trabajo_de_cada_minuto_la_toca(sellada):
    antes = retrato(sellada)
    periodicas.vencer_ofertas()
    vencer(inscripcion=de(sellada, estado="ofrecida"))
    assert ofrecer(capacitacion=sellada) == []
    assert retrato(sellada) == antes


def test_las_pantallas_lo_dicen_y_no_fallan(client, sellada, coordinadora):
    client.force_login(coordinadora)
    inscripcion = de(sellada, entidad=None)
    envios = {
        reverse("eventos_intranet:editar", args=[sellada.pk]): edicion_de(sellada),
        **{
            reverse(f"eventos_intranet:{ruta}", args=[sellada.pk]): {"motivo": "fuerza_mayor", "que": "devolver"}
            for ruta in RUTAS
        },
        reverse("eventos_intranet:inscripcion-anular", args=[inscripcion.pk]): {},
        reverse("eventos_intranet:inscripcion-aceptar", args=[inscripcion.pk]): {},
        reverse("eventos_intranet:inscripcion-entidad", args=[inscripcion.pk]): {"elegida": "1"},
        reverse("eventos_intranet:expediente-pieza", args=[sellada.pk, "5"]): {"que": "devolver"},
    }
    antes = retrato(sellada)
    for direccion, datos in envios.items():
        respuesta = client.post(direccion, datos)
        assert respuesta.status_code == 403, direccion
        assert "ya se cerró" in respuesta.text, direccion
    assert retrato(sellada) == antes


def test_la_inscripcion_no_se_edita_desde_su_registro(client, sellada, coordinadora):
    client.force_login(coordinadora)
    url = reverse("inscripciones_modeladmin_edit", args=[de(sellada, entidad=None).pk])
    client.post(url, {"apellidos": "Otro", "nombres": "Otro", "cargo": "", "correo": "", "telefono": "984123456"})
    assert not Inscripcion.objects.filter(apellidos="Otro").exists()


def test_si_se_cierra_entre_el_permiso_y_la_accion_se_dice(client, coordinadora, monkeypatch):
    """La vista ya preguntó el permiso cuando otra persona cierra: la acción se niega y la página lo explica."""
    capacitacion = por_cerrar(coordinadora)
    from eventos.intranet.views import programa

    def cerrar_antes(**datos):
        cerrar(capacitacion=capacitacion, por=coordinadora)
        return original(**datos)

    original = programa.guardar_programa
    monkeypatch.setattr(programa, "guardar_programa", cerrar_antes)
    client.force_login(coordinadora)
    datos = {"actividades-TOTAL_FORMS": 0, "actividades-INITIAL_FORMS": 0}
    respuesta = client.post(reverse("eventos_intranet:programa", args=[capacitacion.pk]), datos)
    assert respuesta.status_code == 200  # con lo escrito: no se pierde
    assert "ya se cerró" in respuesta.text
    assert "Se guardó" not in respuesta.text


# --- Cerrar ---


def test_cerrar_guarda_el_archivo_sus_partes_y_deja_huella(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    expediente = cerrar(capacitacion=capacitacion, por=coordinadora)
    assert expediente.cerrado_por == coordinadora
    assert [parte.anexo for parte in expediente.partes.all()] == ["5", "6", "7", "8"]
    assert {pieza.anexo: pieza.estado for pieza in expediente.piezas.all()}["4"] == "no_aplica"
    huella = Huella.objects.get(accion="cerrar expediente")
    assert huella.detalle == {"folios": expediente.folios, "sha256": expediente.archivo.sha256}


def test_cerrar_dos_veces_no_arma_otro(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    primero = cerrar(capacitacion=capacitacion, por=coordinadora)
    segundo = cerrar(capacitacion=capacitacion, por=coordinadora)
    assert primero.archivo == segundo.archivo
    assert Huella.objects.filter(accion="cerrar expediente").count() == 1


def test_si_algo_cambia_mientras_se_arma_no_se_cierra(coordinadora, monkeypatch):
    capacitacion = por_cerrar(coordinadora)
    armar = modulo._armar

    def armar_y_alguien_firma(*args):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
        return armar(*args)

    monkeypatch.setattr(modulo, "_armar", armar_y_alguien_firma)
    with pytest.raises(CambioMientrasSeArmaba):
        cerrar(capacitacion=capacitacion, por=coordinadora)
    assert not Capacitacion.objects.get().esta_cerrada
    assert not ArchivoPrivado.objects.exists()


def test_si_falla_al_guardar_no_queda_cerrada_a_medias(coordinadora, monkeypatch):
    capacitacion = por_cerrar(coordinadora)

    def fallar(**datos):
        raise RuntimeError("se fue la luz")

    monkeypatch.setattr(modulo, "anotar", fallar)
    with pytest.raises(RuntimeError):
        cerrar(capacitacion=capacitacion, por=coordinadora)
    assert not Capacitacion.objects.get().esta_cerrada
    assert not ArchivoPrivado.objects.exists()
    assert not ParteDeExpediente.objects.exists()
    assert Expediente.objects.get().cerrado_en is None


def test_cerrado_se_baja_entero_y_por_partes(client, cerrada, coordinadora):
    client.force_login(coordinadora)
    expediente = Expediente.objects.get()
    pantalla = client.get(reverse("eventos_intranet:expediente", args=[cerrada.pk])).text
    assert expediente.archivo.sha256 in pantalla
    assert "no conserva las etiquetas" in pantalla
    respuesta = client.get(reverse("eventos_intranet:expediente-archivo", args=[cerrada.pk]))
    assert b"".join(respuesta) == expediente.archivo.leer()
    for parte in expediente.partes.all():
        respuesta = client.get(reverse("eventos_intranet:expediente-parte-guardada", args=[parte.pk]))
        assert b"".join(respuesta).startswith(b"%PDF")
    client.force_login(personas.coordinador_de_arequipa())
    parte = expediente.partes.first()
    assert client.get(reverse("eventos_intranet:expediente-parte-guardada", args=[parte.pk])).status_code == 404


# --- Reabrir ---


def test_solo_la_ogauc_reabre_y_el_archivo_anterior_se_conserva(client, cerrada, coordinadora, ogauc):
    url = reverse("eventos_intranet:expediente-reabrir", args=[cerrada.pk])
    archivo = Expediente.objects.get().archivo
    client.force_login(coordinadora)
    assert client.post(url, {"motivo": "Faltó una hoja"}).status_code == 403
    client.force_login(ogauc)
    assert client.post(url, {"motivo": "Faltó una hoja"}).status_code == 302
    anulado = CierreAnulado.objects.get()
    assert (anulado.archivo, anulado.motivo, anulado.reabierto_por) == (archivo, "Faltó una hoja", ogauc)
    assert Huella.objects.get(accion="reabrir expediente").motivo == "Faltó una hoja"
    assert not Capacitacion.objects.get().esta_cerrada
    respuesta = client.get(reverse("eventos_intranet:expediente-anulado", args=[anulado.pk]))
    assert b"".join(respuesta) == archivo.leer()


def test_reabierto_se_corrige_y_se_cierra_otra_vez(cerrada, coordinadora, ogauc):
    reabrir(capacitacion=cerrada, motivo="Faltó una firma", por=ogauc)
    falta = InscripcionFactory(capacitacion=cerrada)
    cerrada.refresh_from_db()
    marcar_asistencias(sesion=cerrada.sesiones.get(), firmaron={falta.pk}, no_firmaron=set(), por=coordinadora)
    expediente = cerrar(capacitacion=cerrada, por=coordinadora)
    assert expediente.archivo != CierreAnulado.objects.get().archivo
    assert expediente.piezas.get(anexo="4").motivo == "Se anunció por la web."


def test_sin_motivo_no_se_reabre(cerrada, ogauc):
    with pytest.raises(FaltaElMotivo):
        reabrir(capacitacion=cerrada, motivo=" ", por=ogauc)
    assert Capacitacion.objects.get().esta_cerrada
    assert not CierreAnulado.objects.exists()


def test_lo_que_no_esta_cerrado_no_se_reabre(coordinadora, ogauc):
    with pytest.raises(NoEstaCerrado):
        reabrir(capacitacion=por_cerrar(coordinadora), motivo="Porque sí", por=ogauc)

"""La retención cumple los plazos que se prometen, se puede repetir y no mueve una cifra."""

import datetime as dt
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from boletines.models import Suscriptor
from comun.busqueda import filtrar_por_texto
from comun.registros import retenciones
from correo.models import Entrega, Envio
from custodia import retencion
from custodia.actions import registrar_consentimiento
from custodia.finalidades import PLAZOS, TRATAMIENTOS
from custodia.models import AjustesPrivacidad, Aviso, Consentimiento, CorridaDeRetencion, Huella
from custodia.retencion import (
    ConFallas,
    ReglasIncompletas,
    YaSeCorre,
    correr,
    limite_de,
    reglas,
    retener_cada_dia,
)
from demo.models import Carga
from eventos.cifras import cifras_totales
from eventos.estadistica import terminadas
from eventos.models import Capacitacion, CierreAnulado, Expediente, Inscripcion, Pregunta
from organizacion.models import Latido, Persona
from tests.custodia.derechos import oficial
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    InscripcionFactory,
    PersonaFactory,
    PreguntaFactory,
    SuscriptorFactory,
)

pytestmark = pytest.mark.django_db

HACE_TRES_ANIOS = -3 * 366


def cuantas(corrida) -> dict:
    return {clave: total for clave, _, _, total in corrida.resultado}


def test_cada_plazo_prometido_tiene_quien_lo_cumpla_y_esta_en_un_tratamiento():
    assert [regla.clave for regla in reglas()] == list(PLAZOS)
    prometidos = {clave for tratamiento in TRATAMIENTOS.values() for clave in tratamiento.plazos}
    assert prometidos == set(PLAZOS)


def test_control_un_plazo_sin_regla_no_se_calla(monkeypatch):
    monkeypatch.setitem(PLAZOS, "otro", PLAZOS["envios"])
    with pytest.raises(ReglasIncompletas, match="otro"):
        reglas()
    with pytest.raises(CommandError, match="No se retiró nada"):
        call_command("retencion", "--ensayo", stdout=StringIO())


def test_ningun_tratamiento_dice_que_su_plazo_esta_por_fijar():
    for tratamiento in TRATAMIENTOS.values():
        assert "Por fijar" not in tratamiento.plazo
        assert tratamiento.conserva


@pytest.fixture
def viejas():
    """Una capacitación de hace tres años, con quien firmó y con quien no fue."""
    capacitacion = CapacitacionFactory(dias=HACE_TRES_ANIOS)
    fue = InscripcionFactory(capacitacion=capacitacion, persona=PersonaFactory(apellidos="Firmante Cóndor"))
    AsistenciaFactory(inscripcion=fue)
    falto = InscripcionFactory(capacitacion=capacitacion, persona=PersonaFactory(apellidos="Ausente Huillca"))
    return fue, falto


def cifras():
    desde, hasta = dt.date(2000, 1, 1), timezone.localdate()
    return (
        cifras_totales(Capacitacion.objects.all()),
        cifras_totales(terminadas(desde=desde, hasta=hasta)),
        Inscripcion.objects.count(),
        Inscripcion.objects.values("persona").distinct().count(),
        Pregunta.objects.count(),
    )


def test_el_ensayo_cuenta_y_no_toca_nada(viejas):
    corrida = correr(ensayo=True)
    assert cuantas(corrida)["sin_asistencia"] == 1
    assert filtrar_por_texto(Persona.objects.all(), "huillca").exists()


def test_las_anonimizadas_no_se_hallan_y_las_cifras_no_cambian(viejas):
    fue, falto = viejas
    PreguntaFactory(nombre="Curiosa Ccori", atendida_en=timezone.now() - dt.timedelta(days=1100))
    antes = cifras()
    aplicado = cuantas(correr(ensayo=False))
    assert cifras() == antes
    assert (aplicado["sin_asistencia"], aplicado["preguntas"]) == (1, 1)
    for modelo in (Persona, Inscripcion):
        assert not filtrar_por_texto(modelo.objects.all(), "huillca").exists()
        assert not filtrar_por_texto(modelo.objects.all(), falto.persona.numero_documento).exists()
        assert filtrar_por_texto(modelo.objects.all(), "condor").exists(), "quien firmó se conserva"
    fue.refresh_from_db()
    assert (fue.correo, fue.telefono) == ("", "")
    assert "Ccori" not in Pregunta.objects.get().nombre


def test_quien_falto_dos_veces_sigue_siendo_una_persona_en_las_cuentas():
    persona = PersonaFactory()
    for dias in (HACE_TRES_ANIOS, HACE_TRES_ANIOS - 9):
        InscripcionFactory(capacitacion=CapacitacionFactory(dias=dias), persona=persona)
    correr(ensayo=False)
    assert Inscripcion.objects.values("persona").distinct().count() == 1
    assert not Persona.objects.filter(pk=persona.pk).exists()


def test_quien_falto_a_una_vieja_y_fue_a_otra_conserva_la_que_firmo(viejas):
    fue, _ = viejas
    InscripcionFactory(capacitacion=CapacitacionFactory(dias=HACE_TRES_ANIOS - 5), persona=fue.persona)
    correr(ensayo=False)
    assert Inscripcion.objects.filter(persona=fue.persona).count() == 1


def test_lo_reciente_no_se_toca():
    InscripcionFactory(capacitacion=CapacitacionFactory(dias=-30))
    assert correr(ensayo=False).total == 0


def test_repetirla_no_hace_nada_mas(viejas):
    assert correr(ensayo=False).total > 0
    assert correr(ensayo=False).total == 0


def test_por_lotes_hace_lo_mismo(viejas):
    for _ in range(4):
        InscripcionFactory(capacitacion=CapacitacionFactory(dias=HACE_TRES_ANIOS))
    assert cuantas(correr(ensayo=False, lote=2))["sin_asistencia"] == 5


def test_el_correo_viejo_pierde_cuerpo_y_direcciones_y_conserva_sus_cuentas():
    envio = Envio.objects.create(
        clave="x:1", asunto="PREGUNTA de Rosa", texto="Estimada Rosa", html="<p>Rosa</p>", estado="terminado"
    )
    Entrega.objects.create(envio=envio, clave="a", direccion="rosa@muni.example", nombre="Rosa", estado="enviada")
    Envio.objects.update(creado_en=timezone.now() - dt.timedelta(days=400))
    en_cola = Envio.objects.create(clave="x:2", asunto="Hoy", texto="Hoy")
    assert cuantas(correr(ensayo=False))["envios"] == 1
    envio.refresh_from_db()
    entrega = envio.entregas.get()
    assert "Rosa" not in envio.asunto + envio.texto + envio.html + entrega.nombre + entrega.direccion
    assert entrega.estado == "enviada"
    en_cola.refresh_from_db()
    assert en_cola.texto == "Hoy"


def test_las_suscripciones_sin_confirmar_y_las_bajas_viejas_se_borran():
    viejo = timezone.now() - dt.timedelta(days=400)
    SuscriptorFactory(estado=Suscriptor.Estado.PENDIENTE)
    SuscriptorFactory(estado=Suscriptor.Estado.BAJA, baja_en=viejo)
    queda = SuscriptorFactory(estado=Suscriptor.Estado.CONFIRMADO)
    Suscriptor.objects.update(creado_en=viejo)
    correr(ensayo=False)
    assert list(Suscriptor.objects.all()) == [queda]


def test_el_consentimiento_viejo_pierde_la_ip_y_el_que_no_ampara_a_nadie_se_borra():
    suelto, con_dueno = (registrar_consentimiento(finalidad="suscripcion") for _ in range(2))
    SuscriptorFactory(consentimiento=con_dueno)
    Consentimiento.objects.update(ip="203.0.113.7", otorgado_en=timezone.now() - dt.timedelta(days=1000))
    correr(ensayo=False)
    con_dueno.refresh_from_db()
    assert con_dueno.ip is None
    assert not Consentimiento.objects.filter(pk=suelto.pk).exists()


def test_la_orden_dice_que_retiro_y_que_no_se_borra(viejas):
    salida = StringIO()
    call_command("retencion", "--aplicar", stdout=salida)
    texto = salida.getvalue()
    assert "Inscripciones sin asistencia" in texto
    assert "No se borra:" in texto
    assert "Rastro de auditoría: No se borra: es una cadena" in texto
    corrida = CorridaDeRetencion.objects.get()
    assert Huella.objects.get(accion="aplicar la retención").detalle["filas"] == corrida.total


@pytest.fixture
def rota(monkeypatch):
    """La regla de los envíos falla al retirar; las que van antes y después, no."""

    def fallar(filas):
        raise RuntimeError

    rotas = [replace(r, vencidas=_de_hace_tiempo, retirar=fallar) if r.clave == "envios" else r for r in reglas()]
    monkeypatch.setattr(retencion, "reglas", lambda: rotas)
    PreguntaFactory(atendida_en=timezone.now())


def _de_hace_tiempo(limite):
    return Pregunta.objects.all()


def test_una_regla_que_falla_no_detiene_a_las_demas_y_todo_consta(viejas, rota):
    with pytest.raises(ConFallas, match="Correos enviados: RuntimeError"):
        correr(ensayo=False)
    corrida = CorridaDeRetencion.objects.get()
    assert cuantas(corrida)["sin_asistencia"] == 1
    assert len(corrida.resultado) == len(reglas())
    assert Huella.objects.get(accion="aplicar la retención").detalle["fallas"] == 1


def test_la_orden_que_falla_dice_lo_que_retiro_y_sale_con_error(viejas, rota):
    salida = StringIO()
    with pytest.raises(CommandError, match="no se cumplieron: Correos enviados"):
        call_command("retencion", "--aplicar", stdout=salida)
    assert "1  Inscripciones sin asistencia" in salida.getvalue()


def test_si_el_proceso_muere_a_medias_consta_lo_que_alcanzo_a_retirar(client, viejas, monkeypatch):
    def morir(filas):
        raise KeyboardInterrupt

    rotas = [replace(r, vencidas=_de_hace_tiempo, retirar=morir) if r.clave == "envios" else r for r in reglas()]
    monkeypatch.setattr(retencion, "reglas", lambda: rotas)
    PreguntaFactory()
    with pytest.raises(KeyboardInterrupt):
        correr(ensayo=False)
    corrida = CorridaDeRetencion.objects.get()
    assert (corrida.termino_en, cuantas(corrida)["sin_asistencia"]) == (None, 1)
    assert Huella.objects.filter(accion="empezar la retención").exists()
    client.force_login(oficial())
    assert "Sin terminar" in client.get(reverse("custodia_corrida", args=[corrida.pk])).text


def test_no_la_aplican_dos_a_la_vez_y_la_que_quedo_sin_su_proceso_no_estorba(viejas):
    CorridaDeRetencion.objects.create(es_ensayo=False)
    with pytest.raises(YaSeCorre):
        correr(ensayo=False)
    with pytest.raises(CommandError, match="Ya se está aplicando"):
        call_command("retencion", "--aplicar", stdout=StringIO())
    CorridaDeRetencion.objects.update(avanzo_en=timezone.now() - dt.timedelta(hours=2))
    assert correr(ensayo=False).total > 0
    assert CorridaDeRetencion.objects.filter(fallas=["La corrida se interrumpió"]).count() == 1


def test_la_orden_exige_decir_si_es_ensayo():
    with pytest.raises(CommandError):
        call_command("retencion", stdout=StringIO())


def test_sola_corre_si_el_ajuste_la_enciende_y_una_vez_al_dia(viejas):
    assert retener_cada_dia() == ""
    ajustes = AjustesPrivacidad.load()
    AjustesPrivacidad.objects.update_or_create(pk=ajustes.pk, defaults={"retencion_automatica": True})
    assert "filas retiradas" in retener_cada_dia()
    assert retener_cada_dia() == ""
    assert CorridaDeRetencion.objects.count() == 1


def test_el_limite_es_el_dia_de_hace_esos_meses():
    assert limite_de(PLAZOS["sin_confirmar"], dt.date(2026, 3, 31)).date() == dt.date(2026, 2, 28)
    assert limite_de(PLAZOS["paquetes"], dt.date(2026, 3, 31)).date() == dt.date(2026, 3, 16)


def test_la_pantalla_dice_plazos_corridas_y_lo_que_se_conserva(client, viejas):
    corrida = correr(ensayo=False)
    client.force_login(oficial())
    pagina = client.get(reverse("custodia_retencion")).text
    assert str(corrida) in pagina
    assert "A los 24 meses" in pagina
    assert "es una cadena" in pagina
    assert "Inscripciones sin asistencia" in client.get(reverse("custodia_corrida", args=[corrida.pk])).text


def test_lo_de_las_ocho_de_la_noche_es_de_ese_dia_y_no_del_siguiente():
    de_noche = dt.datetime(2026, 11, 27, 1, 0, tzinfo=dt.UTC)  # las 20:00 del 26 en Lima
    filas = [
        CorridaDeRetencion(empezo_en=de_noche),
        Consentimiento(aviso=Aviso(finalidad="derechos", version=1), otorgado_en=de_noche),
        Latido(nombre="tareas", ocurrido_en=de_noche),
        Carga(hecha_en=de_noche),
        CierreAnulado(expediente=Expediente(capacitacion=Capacitacion(titulo="Taller")), cerrado_en=de_noche),
    ]
    assert [str(fila) for fila in filas if "26/11/2026" not in str(fila)] == []


def test_la_pantalla_de_una_corrida_dice_cuando_y_quien_sin_dos_puntos_seguidos(client):
    por = oficial()
    corrida = correr(ensayo=True, por=por)
    client.force_login(por)
    texto = client.get(reverse("custodia_corrida", args=[corrida.pk])).text
    assert f"m. · La corrió {por}" in texto.replace("\xa0", " ")


def test_no_hay_dos_reglas_con_la_misma_clave():
    assert len({regla.clave for regla in retenciones}) == len(retenciones)

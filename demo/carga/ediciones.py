"""Las dos últimas ediciones con partes de centros, gráficos y difusión; la última, con un cambio por aprobar."""

import datetime as dt
import uuid

from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from boletines.flujo import NOMBRE
from boletines.mensaje import componer_boletin
from boletines.models import Aporte, BoletinPage, ComunicadoPage, Edicion, NotaDeAporte, Remision, Suscriptor
from correo.models import Entrega, Envio, Suceso
from organizacion.models import Centro, Rol, Usuario

from .azar import Azar
from .envios import NO_EXISTE, suceso
from .marcas import marcar

# Cuántos centros ya difundieron la última edición; los demás la tienen por difundir.
DIFUNDIDAS = 9
EDITORIAL = (
    "Este mes recorrimos las provincias de nuestro ámbito: escuchamos a los equipos de las municipalidades y "
    "resolvimos con ellos los casos que traían.\n\nLo que sigue es el cierre: inscríbase con tiempo, el cupo es corto."
)
NOTAS = (
    (
        "actividad",
        "Jornada de asistencia técnica con las municipalidades",
        "Veintidós municipalidades trajeron sus casos pendientes. Se resolvieron en la misma jornada dieciocho, y los "
        "demás quedaron con fecha.\n\nParticiparon especialistas de Presupuesto, Tesorería y Contabilidad.",
    ),
    (
        "actividad",
        "Visita a los gobiernos locales de las provincias altas",
        "El equipo llegó a tres municipalidades que no habían podido venir al centro y capacitó a sus operadores.",
    ),
    (
        "novedad",
        "Atención por videollamada",
        "Pida su cita por correo: atendemos por videollamada los martes y jueves por la tarde.",
    ),
)


def cargar_ediciones(carga, hoy: dt.date) -> None:
    paginas = list(BoletinPage.objects.live().order_by("-anio", "-mes")[:2])
    for pagina in paginas:
        edicion, es_nueva = Edicion.objects.get_or_create(anio=pagina.anio, mes=pagina.mes)
        if es_nueva:
            marcar(carga, [edicion])
        _poner_partes(edicion, pagina)
        _agregar_bloques(pagina, hoy)
    # Congelar las cifras volvió a leer la edición: de aquí en adelante, la de la base.
    for numero, pagina in enumerate(paginas):
        edicion = Edicion.objects.get(anio=pagina.anio, mes=pagina.mes)
        marcar(carga, _remitir(edicion, pagina, todas=numero > 0))
    _corregir(BoletinPage.objects.get(pk=paginas[0].pk))


def _poner_partes(edicion: Edicion, pagina: BoletinPage) -> None:
    """La parte de cada centro, salvo de los últimos seis; ninguna si los aportes ya se cargaron."""
    if edicion.aportes.de_centros().exists():
        return
    entregado = timezone.make_aware(dt.datetime.combine(edicion.primer_dia.replace(day=24), dt.time(11)))
    for centro in list(Centro.objects.activos())[:-6]:
        aporte = Aporte.objects.create(
            edicion=edicion,
            centro=centro,
            plazo=edicion.primer_dia.replace(day=25),
            estado=Aporte.Estado.ENTREGADO,
            editorial=EDITORIAL,
            entregado_en=entregado,
        )
        NotaDeAporte.objects.bulk_create(
            NotaDeAporte(
                aporte=aporte,
                tipo=tipo,
                titulo=titulo,
                texto=texto,
                orden=orden,
                imagen=pagina.portada if orden == 0 else None,
                texto_alternativo=pagina.portada.description if orden == 0 else "",
            )
            for orden, (tipo, titulo, texto) in enumerate(NOTAS)
        )


def _agregar_bloques(pagina: BoletinPage, hoy: dt.date) -> None:
    """Comunicados, una disposición, la agenda y los gráficos, al final de lo que ya tiene; y se publica otra vez."""
    siguiente = pagina.mes_siguiente
    bloques = [
        ("comunicado", {"comunicado": comunicado.pk})
        for comunicado in ComunicadoPage.objects.live().filter(fecha__lt=siguiente).order_by("-fecha")[:2]
    ]
    bloques.append(
        (
            "disposicion",
            {
                "titulo": "Nuevo formato para pedir la creación de una unidad ejecutora",
                "texto": "<p>Ejemplo de disposición general. Lo que dice es inventado y no obliga a nadie.</p>",
            },
        )
    )
    agenda = ((10, "Vence el registro del avance de metas", ""), (24, "Reunión con los gerentes", "Sede central"))
    bloques += [
        ("agenda", {"fecha": siguiente.replace(day=dia).isoformat(), "que": que, "donde": donde})
        for dia, que, donde in agenda
    ]
    bloques += [
        ("grafico", {"cifra": cifra, "comentario": ""})
        for cifra in ("participantes_por_centro", "capacitaciones_por_sistema", "participantes_por_mes")
    ]
    crudo = [*pagina.cuerpo.raw_data, *({"type": t, "value": v, "id": str(uuid.uuid4())} for t, v in bloques)]
    pagina.cuerpo = crudo
    pagina.save_revision(log_action=False).publish(log_action=False)


def _remitir(edicion: Edicion, pagina: BoletinPage, *, todas: bool) -> list[Envio]:
    """Como ``actions.remision``, con su fecha y sin correos: la demostración no le escribe a nadie."""
    azar, comunicaciones = Azar(62), _cuenta(Rol.COMUNICACIONES)
    momento = pagina.first_published_at + dt.timedelta(minutes=20)
    edicion.remitida_en, edicion.remitida_por = momento, comunicaciones
    edicion.save(update_fields=["remitida_en", "remitida_por"])
    envios, centros = [], list(Centro.objects.activos())
    # Cusco y Arequipa, que tienen cuentas, la tienen por difundir.
    centros.sort(key=lambda centro: centro.slug in ("cusco", "arequipa"))
    for numero, centro in enumerate(centros):
        difundida = momento + dt.timedelta(hours=2 + numero)
        remision = Remision(edicion=edicion, centro=centro)
        if todas or numero < DIFUNDIDAS:
            remision.difundida_en = difundida
            remision.envio = None if todas else _envio(edicion, pagina, centro, difundida, azar)
        remision.save()
        if remision.envio:
            envios.append(remision.envio)
    return envios


def _envio(edicion: Edicion, pagina: BoletinPage, centro: Centro, momento: dt.datetime, azar) -> Envio:
    mensaje = componer_boletin(pagina, centro)
    envio = Envio.objects.create(
        clave=f"boletin:{edicion.slug}:{centro.slug}",
        asunto=mensaje.asunto,
        texto=mensaje.texto,
        html=mensaje.html,
        es_masivo=True,
        lista=f"boletin-{centro.slug}",
        dirigido_a=f"Suscriptores de {centro.nombre_completo}",
        centro=centro,
        estado=Envio.Estado.TERMINADO,
    )
    Envio.objects.filter(pk=envio.pk).update(creado_en=momento)
    entregas = Entrega.objects.bulk_create(
        Entrega(
            envio=envio,
            clave=suscriptor.correo,
            direccion=suscriptor.correo,
            nombre=suscriptor.nombre,
            referencia=f"suscriptor:{suscriptor.pk}",
            estado=azar.choices((Entrega.Estado.ENVIADA, Entrega.Estado.REBOTADA), (97, 3))[0],
            intentos=1,
            enviada_en=momento,
        )
        for suscriptor in Suscriptor.objects.de_la_edicion(centro)
    )
    rebotadas = [entrega for entrega in entregas if entrega.estado == Entrega.Estado.REBOTADA]
    Suceso.objects.bulk_create(suceso(entrega, Suceso.Tipo.REBOTE, momento, NO_EXISTE) for entrega in rebotadas)
    return envio


def _corregir(pagina: BoletinPage) -> None:
    """Una corrección en borrador que espera la aprobación de la OGAUC, sin los avisos por correo del flujo."""
    autora = _cuenta(Rol.COMUNICACIONES)
    pagina.editorial += " En este número corregimos la fecha de la reunión con los gerentes."
    revision = pagina.save_revision(user=autora, log_action=False)
    flujo = pagina.get_workflow()
    if flujo is None or flujo.name != NOMBRE:
        return
    estado = WorkflowState.objects.create(
        content_type=pagina.get_content_type(),
        base_content_type=pagina.get_base_content_type(),
        object_id=str(pagina.pk),
        workflow=flujo,
        requested_by=autora,
    )
    estado.current_task_state = TaskState.objects.create(
        workflow_state=estado, task=flujo.tasks.first(), revision=revision
    )
    estado.save()


def _cuenta(rol: str) -> Usuario | None:
    return Usuario.objects.filter(asignaciones__rol=rol).order_by("pk").first()


def quitar_ediciones(llaves) -> None:
    """Lo que protege a las ediciones ``llaves``: sus partes y sus remisiones."""
    Remision.objects.filter(edicion__in=llaves).delete()
    Aporte.objects.filter(edicion__in=llaves).delete()

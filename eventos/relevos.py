"""Lo que una persona tiene a su cargo en las capacitaciones, y pasa a otra cuando se va (registro ``relevos``)."""

from django.db.models import Case, Q, When
from django.utils import timezone

from comun.registros import relevos
from comun.relevo import Relevo
from directorio.cuentas.rol_que_deja import relevo_de_rol
from directorio.models import Personal
from organizacion.models import Rol, Usuario

from .models import Expositor, Preparativos, TareaLogistica, Validacion

CARGOS_DE_PREPARATIVOS = ("apertura", "clausura", "logistica")


def del_mismo_lugar(usuario: Usuario):
    """Las cuentas de quienes trabajan hoy en el mismo centro (o en la sede); primero las de su cargo y su sistema."""
    personal = usuario.personal
    alli = Personal.objects.vigentes().filter(centro=personal.centro_id)
    cuentas = Usuario.objects.filter(pk__in=alli.values("usuario"), is_active=True).exclude(pk=usuario.pk)
    cuentas = cuentas.alias(
        mismo=Case(When(personal__cargo=personal.cargo, then=0), default=1),
        sistema=Case(When(personal__sistema=personal.sistema_id, then=0), default=1),
    )
    return cuentas.order_by("mismo", "sistema", "last_name", "pk")


def _candidatos(usuario):
    return del_mismo_lugar(usuario) if hasattr(usuario, "personal") else Usuario.objects.none()


def tareas(usuario):
    filas = TareaLogistica.objects.filter(estado=TareaLogistica.Estado.PENDIENTE, responsable__usuario=usuario)
    return filas.select_related("capacitacion")


def pasar_tareas(*, de, a, por):
    tareas(de).update(responsable=a.personal, actualizada_por=por)


def exposiciones(usuario):
    """En lo que aún no termina: lo ya dictado conserva quién lo expuso."""
    por_dictar = Q(capacitacion__fecha_fin__gte=timezone.localdate()) | Q(capacitacion__fecha_fin__isnull=True)
    filas = Expositor.objects.filter(por_dictar, personal__usuario=usuario)
    return filas.exclude(capacitacion__estado="cancelada").select_related("capacitacion")


def pasar_exposiciones(*, de, a, por):
    personal = a.personal
    exposiciones(de).update(personal=personal, nombre=str(personal), cargo=personal.cargo_completo)


def preparativos(usuario):
    suyos = Q()
    for cargo in CARGOS_DE_PREPARATIVOS:
        suyos |= Q(**{f"{cargo}__usuario": usuario})
    return Preparativos.objects.filter(suyos, capacitacion__fecha_fin__gte=timezone.localdate())


def pasar_preparativos(*, de, a, por):
    for fila in preparativos(de):
        for cargo in CARGOS_DE_PREPARATIVOS:
            if getattr(fila, f"{cargo}_id") == de.personal.pk:
                setattr(fila, cargo, a.personal)
        fila.actualizados_por = por
        fila.save()


def validaciones(usuario):
    """Las decide el Responsable Técnico del sistema: pasan con ese rol, también si su cuenta ya está cerrada."""
    suyos = usuario.asignaciones.vigentes().filter(rol=Rol.RESPONSABLE_TECNICO).values("sistema")
    filas = Validacion.objects.vigentes().pendientes().filter(sistema__in=suyos)
    return filas.filter(capacitacion__cerrada_en__isnull=True).por_cercania()


relevos.append(Relevo("tareas", "Tareas de logística", tareas, _candidatos, pasar_tareas))
relevos.append(Relevo("exposiciones", "Capacitaciones en que expone", exposiciones, _candidatos, pasar_exposiciones))
relevos.append(
    Relevo("preparativos", "Eventos que abre, cierra o prepara", preparativos, _candidatos, pasar_preparativos)
)
relevos.append(
    relevo_de_rol(
        "validaciones",
        "Contenidos por validar",
        validaciones,
        rol=Rol.RESPONSABLE_TECNICO,
        pueden=(Rol.ENTE_RECTOR, Rol.ESPECIALISTA, Rol.IMPLANTADOR),
    )
)

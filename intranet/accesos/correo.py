"""Los envíos. Qué se hace con uno depende también de quién lo preparó: lo pregunta la vista."""

from .quien import con, grupo

VE = con("correo.envio")

ACCESOS = [
    grupo("correo_envios correo_envio_detalle correo_envio_avance correo_envio_actuar", VE),
    grupo("correo_envio_devolver", con("correo.envio", "vp")),
    grupo("correo_entrega_decidir", con("correo.envio", "c")),
]

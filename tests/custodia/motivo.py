"""Lo que se responde antes de bajar datos personales."""

PARA_ALGO = {"motivo": "Llamar a quienes faltan confirmar"}

"""La mesa de asistencia en un teléfono o una tableta, fuera de la intranet y con sesión propia (ADR 0014)."""

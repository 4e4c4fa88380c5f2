"""The nightly verification as a Celery application: any worker goes on where another one died.

Workers, one of them with the scheduler:
    celery -A celery_verification worker --pool threads --concurrency 8 --beat
    celery -A celery_verification worker --pool threads --concurrency 8

A night begins at its hour by itself, or with `python -m celery_verification begin`; `show` prints how it stands.
"""

from celery_verification.tasks import app

__all__ = ["app"]

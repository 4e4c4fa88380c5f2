"""The nightly verification as a Celery application: any worker continues when another one dies.

Workers, one of them with the scheduler:
    celery -A celery_verification worker --pool threads --concurrency 8 --beat
    celery -A celery_verification worker --pool threads --concurrency 8

A night starts on schedule, or with `python -m celery_verification begin`; `show` prints its state.
"""

from celery_verification.tasks import app

__all__ = ["app"]

"""Let somebody in who knows the password, and make guessing slow."""

from datetime import timedelta

from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store import accounts, organisation
from runtime.store.accounts import Account
from runtime.store.passwords import fits, hash_password, is_stale
from runtime.store.session import Session
from runtime.store.transaction import transaction

#: Failures of one log-in within `WINDOW`, after which even the right password waits.
MOST_FAILURES = 10
#: And of one address: a house behind one address has many people, a guesser many log-ins.
MOST_OF_ADDRESS = 60
WINDOW = timedelta(minutes=1)
#: Failures are of no use to anybody after a day.
_KEPT = timedelta(days=1)
#: Longer ones are no log-ins of ours; they are not even kept.
_LONGEST = 200


class WrongLogin(Refused):
    """Log-in or password is wrong, or the account may not be used: the answer does not tell which."""


class TooManyFailures(Refused):
    """The log-in failed too often in the last minute."""


def log_in(*, session: Session, clock: Clock, login: str, password: str, address: str) -> Account:
    """Return the account that log-in and password open; `address` is where the request came from.

    :raises WrongLogin: if they open none.
    :raises TooManyFailures: if the last minute had too many failures; the password was not looked at.
    """
    login, password = login.strip()[:_LONGEST], password[:_LONGEST]
    failed = accounts.failures(session, login=login, ip=address, since=clock.moment - WINDOW)
    if failed.of_login >= MOST_FAILURES or failed.of_ip >= MOST_OF_ADDRESS:
        raise TooManyFailures("too_many_failures", _("尝试次数过多，请 1 分钟后再试。"))
    found = accounts.by_login(session, login)
    # Outside the transaction: a hash takes long on purpose, and SQLite has only one writer.
    right = fits(password, found.password_hash if found else None)
    account = found if found and right and found.active else None
    with transaction(session) as tx:
        if account is None:
            accounts.remove_failures(tx, before=clock.moment - _KEPT)
            accounts.note_failure(tx, login=login, ip=address, at=clock.moment)
        else:
            accounts.forget_failures(tx, login=login)
            if account.password_hash and is_stale(account.password_hash):
                organisation.set_password_hash(tx, account.id, password_hash=hash_password(password))
                account = accounts.by_id(tx, account.id)
    if account is None:
        raise WrongLogin("wrong_login", _("账号或密码不正确。"))
    return account

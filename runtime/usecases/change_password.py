"""Let somebody choose a new password."""

from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, NotFound
from runtime.language.speech import _
from runtime.store import accounts, organisation
from runtime.store.accounts import Account
from runtime.store.passwords import fits, hash_password
from runtime.store.session import Session
from runtime.store.transaction import transaction

SHORTEST = 10
LONGEST = 200


def change_password(*, session: Session, actor: int, old: str, new: str, again: str) -> Account:
    """Return the account with its new password; the person's other sessions end.

    :raises InvalidAnswers: with a problem at `$.old`, `$.new` or `$.again`.
    :raises NotFound: if there is no such account.
    """
    account = accounts.by_id(session, actor)
    if account is None:
        raise NotFound("no_such_account", _("这个账号不存在。"))
    problems = _problems(account, old=old, new=new, again=again)
    if problems:
        raise InvalidAnswers(problems)
    hashed = hash_password(new)
    with transaction(session) as tx:
        organisation.set_password_hash(tx, actor, password_hash=hashed)
        changed = accounts.by_id(tx, actor)
    return changed or account


def _problems(account: Account, *, old: str, new: str, again: str) -> list[Problem]:
    if not fits(old, account.password_hash):
        return [Problem("wrong_password", "$.old", _("原密码不正确。"))]
    if not SHORTEST <= len(new) <= LONGEST:
        told = _("新密码应有 %(least)s 到 %(most)s 个字符。", least=SHORTEST, most=LONGEST)
        return [Problem("password_length", "$.new", told)]
    if new.casefold() in (account.login.casefold(), account.name.casefold()) or len(set(new)) < 4:
        return [Problem("password_simple", "$.new", _("新密码太容易猜到，请换一个。"))]
    if new == old:
        return [Problem("password_same", "$.new", _("新密码与原密码相同，请换一个。"))]
    if new != again:
        return [Problem("password_differs", "$.again", _("两次输入的新密码不一致。"))]
    return []

"""Install an uploaded pack in an administrator's name."""

from collections.abc import Mapping

from runtime.language.load import load_app
from runtime.language.refusal import InvalidAnswers
from runtime.packs.vocabulary import VOCABULARY
from runtime.running.administrator import administrator, overseen
from runtime.running.context import Clock
from runtime.running.pack_upload import files_of, own_upload
from runtime.running.slots import unbound
from runtime.store import files, publishing
from runtime.store.blobs import Blobs
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction
from runtime.usecases.install_packs import Installed, Options, install_within


def install_zip(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    file: str,
    bindings: Mapping[str, str],
    blobs: Blobs,
    demo: bool = False,
    address: str = "",
) -> Installed:
    """Install the upload that `upload_zip` kept as `file`, and say what that did.

    `bindings` say by slot which role, department, post or person it stands for. A role of the slot's own code
    is made, without members, if there is none. `demo` enters the rows for trying it out.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such upload, it was used, or it is somebody else's.
    :raises InvalidAnswers: if a slot is bound to nothing that exists; `$.slot` names it.
    :raises Problems: if something is wrong with it by now; nothing is installed then.
    """
    with reading(session) as tx:  # unpacking takes its time, and SQLite has only one writer
        overseen(tx, actor=actor)
        pack = files_of(own_upload(tx, file, by=actor), blobs)
        app = load_app(pack.texts, VOCABULARY)
    given = {slot.code: bindings[slot.code] for slot in app.manifest.slots if bindings.get(slot.code)}
    with transaction(session) as tx:
        publishing.take_turn(tx)
        admin = administrator(tx, clock=clock, actor=actor, address=address, holding=True)
        upload = own_upload(tx, file, by=actor)
        problems = tuple(unbound(app, admin.directory, given))
        if problems:
            raise InvalidAnswers(problems)
        options = Options(bindings=given, make_roles=True, demo=demo, note=upload.name)
        [done] = install_within(tx, clock=clock, actor=actor, packs=[pack], options=options)
        files.remove(tx, upload.id)
        admin.note(
            "pack.installed",
            f"pack/{done.app}",
            version=done.version,
            release=done.release,
            changed=done.changed,
            file=upload.name,
            sha256=upload.sha256,
            rows=done.rows,
            bindings=given,
        )
    return done

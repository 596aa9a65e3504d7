"""SpiffWorkflow: BpmnWorkflowSerializer state in a PostgreSQL JSON column.

Each user action: lock the instance row, read and restore the state, run the
task and the engine steps behind it, serialise, write, commit.  A `human_task`
table feeds the to-do list, kept in step in the same transaction.

variant full  the serializer as documented: state JSON carries the spec (default)
variant lean  best case: the parsed spec is cached in the process, the JSON
              carries only the task tree (custom converter)
"""
import json
import os
from uuid import UUID

import psycopg
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter

import common
from common import USERS, conninfo, user_for

SCHEMA = """
create table instance(id bigserial primary key, process text not null, no int not null, title text not null, amount numeric(12,2),
  state json, status text not null default 'running', created timestamptz not null default now(), updated timestamptz not null default now());
create table human_task(task_id uuid primary key, instance_id bigint not null references instance(id), name text not null,
  assignee int not null, status text not null default 'ready', created timestamptz not null default now(), completed timestamptz);
create index human_task_instance on human_task(instance_id);
create index human_task_todo on human_task(assignee, created desc) where status = 'ready';
create table ledger(id bigserial primary key, inst_id bigint not null, amount numeric(12,2) not null, at timestamptz not null default now());
"""
HERE = os.path.dirname(os.path.abspath(__file__))


class LeanConverter(BpmnWorkflowConverter):
    specs = {}

    def to_dict(self, workflow):
        dct = super(BpmnWorkflowConverter, self).to_dict(workflow)
        dct["spec_name"] = workflow.spec.name
        dct["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        dct["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dct

    def from_dict(self, dct):
        spec, subs = self.specs[dct.pop("spec_name")]
        wf = self.target_class(spec, subs, deserializing=True)
        wf.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=wf)
        wf.task_tree = wf.tasks.get(UUID(dct["root"]))
        self.set_default_attributes(wf, dct)
        self.subprocesses_from_dict(dct["subprocesses"], wf)
        wf.bpmn_events = self.registry.restore(dct.pop("bpmn_events", []))
        return wf


class Peer:
    def __init__(self, db, variant):
        self.db, self.variant = db, variant or "full"
        if self.variant == "jsonscan":       # W3 only: no task table, the open tasks are dug out of the states
            self.w3_queries = 3

    def setup(self):
        with psycopg.connect(conninfo(self.db)) as c:
            c.execute(SCHEMA)

    def open(self):
        self.c = psycopg.connect(conninfo(self.db))
        self.look = psycopg.connect(conninfo(self.db), autocommit=True)
        parser = BpmnParser()
        parser.add_bpmn_files([os.path.join(HERE, "bpmn", f) for f in ("w1_spiff.bpmn", "w2_spiff.bpmn")])
        self.specs = {p: (parser.get_spec(p), parser.get_subprocess_specs(p)) for p in ("expense", "countersign")}
        config = dict(DEFAULT_CONFIG)
        if self.variant == "lean":
            LeanConverter.specs = self.specs
            config[BpmnWorkflow] = LeanConverter
        self.ser = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
        self.inst = None
        self.engine = PythonScriptEngine(environment=TaskDataEnvironment({"post_ledger": self.post_ledger}))

    def post_ledger(self, amount):
        self.c.execute("insert into ledger(inst_id,amount) values(%s,%s)", (self.inst, amount))

    def open_tasks(self, inst):
        return self.look.execute("select task_id, name from human_task where instance_id=%s and status='ready' order by created, task_id",
                                 (inst,)).fetchall()

    def ready(self, wf):
        return {t.id: t for t in wf.get_tasks(state=TaskState.READY, manual=True)}

    def add_tasks(self, inst, no, tasks):
        rows = []
        for n, t in enumerate(tasks):
            name = t.task_spec.bpmn_id or t.task_spec.name
            user = (n % USERS + 1) if name == "approve" else user_for(no, name)
            rows.append((t.id, inst, name, user))
        if rows:
            with self.c.cursor() as cur:
                cur.executemany("insert into human_task(task_id,instance_id,name,assignee) values(%s,%s,%s,%s)", rows)

    def _start(self, process, no, amount, data):
        c = self.c
        spec, subs = self.specs[process]
        wf = BpmnWorkflow(spec, subs, script_engine=self.engine)
        start = wf.get_next_task(spec_name="begin")
        start.data.update(data)
        inst = self.inst = c.execute("insert into instance(process,no,title,amount) values(%s,%s,%s,%s) returning id",
                                     (process, no, f"Expense {no}", amount)).fetchone()[0]
        wf.do_engine_steps()
        self.add_tasks(inst, no, self.ready(wf).values())
        c.execute("update instance set state=%s where id=%s", (self.ser.serialize_json(wf), inst))
        c.commit()
        return inst

    def start(self, no, amount):
        return self._start("expense", no, amount, {"amount": amount, "purpose": "travel"})

    def start_multi(self, k):
        return self._start("countersign", 0, 0, {"k": k})

    def complete(self, inst, task_id, name, data):
        c = self.c
        no, state = c.execute("select no, state::text from instance where id=%s for update", (inst,)).fetchone()
        wf = self.ser.deserialize_json(state)
        wf.script_engine = self.engine
        self.inst = inst
        before = self.ready(wf)
        task = before[task_id]
        task.data.update(data)
        task.run()
        wf.do_engine_steps()
        after = self.ready(wf)
        c.execute("update human_task set status='done', completed=now() where task_id=%s and status='ready'", (task_id,))
        self.add_tasks(inst, no, [t for i, t in after.items() if i not in before])
        c.execute("update instance set state=%s, status=%s, updated=now() where id=%s",
                  (self.ser.serialize_json(wf), "done" if wf.completed else "running", inst))
        c.commit()

    # -- W3: 20 real instances, cloned by SQL ---------------------------------
    def fill_todo(self, n):
        templates = []
        for no in range(20):
            inst = self.start(no, common.AMOUNTS[no % 2])
            for _ in range(no % 4):
                task_id, name = self.open_tasks(inst)[0]
                self.complete(inst, task_id, name, {"comment_" + name: "ok"})
            templates.append(inst)
        c = self.c
        c.execute("""insert into instance(process,no,title,amount,state)
            select i.process, 1000+g, 'Expense '||g, i.amount, i.state
              from generate_series(1,%s) g join lateral (select (%s::bigint[])[1+g%%20] as src) x on true
              join instance i on i.id = x.src""", (n, templates))
        c.execute("""insert into human_task(task_id,instance_id,name,assignee,status,completed)
            select gen_random_uuid(), id, 'manager', mod(no,%s)+1, 'done', now() from instance where no > 1000""", (USERS,))
        c.execute("""insert into human_task(task_id,instance_id,name,assignee)
            select gen_random_uuid(), id, 'cashier', mod(no,%s)+1 from instance where no > 1000""", (USERS,))
        c.commit()
        self.look.execute("vacuum analyze")

    SCAN = """select t.value->>'id', t.value->>'task_spec', i.created, i.id, i.title, i.amount from instance i, json_each(i.state->'tasks') t
        where i.status='running' and (t.value->>'state')::int = 16 and t.value->>'task_spec' in ('manager','director','finance','hr','cashier')
          and mod(i.no,%s)+1 = %s"""

    def todo(self, user):
        q = self.look
        if self.variant == "jsonscan":
            return (q.execute(self.SCAN + " order by i.created desc limit 20", (USERS, user)).fetchall(),
                    q.execute("select count(*) from (" + self.SCAN + ") x", (USERS, user)).fetchone()[0])
        rows = q.execute("""select t.task_id, t.name, t.created, i.id, i.title, i.amount from human_task t
            join instance i on i.id=t.instance_id where t.assignee=%s and t.status='ready' order by t.created desc limit 20""",
                         (user,), prepare=True).fetchall()
        return rows, q.execute("select count(*) from human_task where assignee=%s and status='ready'", (user,), prepare=True).fetchone()[0]


if __name__ == "__main__":
    common.main(Peer)

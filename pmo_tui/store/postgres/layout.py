"""The tables of a store on a server, and the functions through which they are written.

Who has no more rights than an officer writes through `append` alone: the server itself checks that a line follows on
the last one, and works out what the line makes of the documents. So nobody below an admin can change what was written.

`change` is the journal, `head` its end and the lock, `doc` the documents as they stand (for a first start and for
reporting), `register` the highest key ever given and the last change by prefix, `session` who has the store open.
"""

from __future__ import annotations

LAYOUT = 1
"""The version of what follows; one that a program does not know is refused."""

OUT_OF_STEP = "PM001"
"""SQLSTATE: a line does not follow on the last one."""
NO_LEVEL = "PM002"
"""SQLSTATE: these rights cannot be given to this role."""

TABLES = """
create table {s}.head (
    one boolean primary key default true check (one),
    store uuid not null default gen_random_uuid(),
    layout integer not null,
    chain integer not null default 1,
    seq bigint not null default 0,
    sum text not null default '',
    ts timestamptz not null default 'epoch',
    schema integer not null default 1
);
create table {s}.change (
    seq bigint primary key,
    ts timestamptz not null,
    author text not null,
    login text not null,
    tx text not null,
    keys text[] not null,
    line json not null,
    sum text not null
);
create unique index change_tx on {s}.change (tx) where seq > 0;
create index change_ts on {s}.change (ts, seq);
create index change_keys on {s}.change using gin (keys);
create table {s}.doc (
    key text primary key,
    register text not null,
    number numeric not null,
    revision bigint not null,
    raw json not null,
    body jsonb not null generated always as (raw::jsonb) stored
);
create index doc_register on {s}.doc (register, number);
create table {s}.register (
    prefix text primary key,
    name text not null,
    high numeric not null,
    version bigint not null
);
create table {s}.session (
    id integer primary key,
    author text not null,
    login text not null,
    host text not null,
    pid integer not null,
    since timestamptz not null default now(),
    place text not null default '',
    edits boolean not null default false,
    place_since timestamptz
);
alter table {s}.change alter author set statistics 0, alter login set statistics 0, alter line set statistics 0;
alter table {s}.doc alter raw set statistics 0, alter body set statistics 0;
alter table {s}.session alter author set statistics 0, alter login set statistics 0;
"""
"""No statistics are kept of what people wrote: values that are forgotten must not live on in samples."""

NUL = r"""
create function {s}.without_nul(line text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog as $$
    select case when strpos(line, '\u0000') = 0 and strpos(line, U&'\FDD0') = 0 then line
        else regexp_replace(
            replace(line, U&'\FDD0', U&'\FDD0\FDD1'),
            '(?<!\\)((?:\\\\)*)\\u0000', '\1' || U&'\FDD0\FDD2', 'g')
        end
$$;
"""
"""PostgreSQL's JSON has no NUL: in `doc`, U+FDD0 U+FDD2 stands for it, and U+FDD0 U+FDD1 for U+FDD0 itself."""

WRITING = """
create function {s}.lock() returns table (chain integer, seq bigint, sum text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select chain, seq, sum from {s}.head for update
$$;

create function {s}.append(new_line text, new_sum text, names jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $append$
declare
    last {s}.head%rowtype;
    line json := {s}.without_nul(new_line)::json;
    number bigint := line->>'seq';
    moment timestamptz := line->>'ts';
    op record;
    before {s}.doc%rowtype;
    touched text[] := array(select element->>'key' from json_array_elements(line->'ops') element);
begin
    select * into strict last from {s}.head for update;
    if number is distinct from last.seq + 1 or moment is null or moment < last.ts
        or new_sum is distinct from encode(sha256(convert_to(last.sum || substr(new_line, 2), 'UTF8')), 'hex')
    then
        raise exception 'line % does not follow on line %', number, last.seq using errcode = 'PM001';
    end if;
    for op in select each.* from json_array_elements(line->'ops') element,
        json_to_record(element) as each (key text, old json, new json, was bigint)
    loop
        select * into before from {s}.doc where key = op.key;
        if coalesce(op.was, 0) <> coalesce(before.revision, 0) then
            raise exception 'line % was made from another % than there is', number, op.key using errcode = 'PM001';
        end if;
        if op.new is null then
            delete from {s}.doc where key = op.key;
        else
            insert into {s}.doc (key, register, number, revision, raw)
                select op.key, names->>split_part(op.key, '-', 1), split_part(op.key, '-', 2)::numeric, number,
                    ('{' || string_agg(to_json(field.name) || ':' || field.value, ',' order by field.name collate "C") || '}')
                        ::json
                from (
                    select was.key as name, was.value::text from json_each(before.raw) was
                    where op.old is not null and was.key not in ('key', 'revision')
                        and op.old->was.key is null and op.new->was.key is null
                    union all select new.key, new.value::text from json_each(op.new) new
                    union all values ('key', to_json(op.key)::text), ('revision', number::text)
                ) field
            on conflict (key) do update set revision = excluded.revision, raw = excluded.raw;
        end if;
    end loop;
    insert into {s}.register as kept (prefix, name, high, version)
        select split_part(key, '-', 1), names->>split_part(key, '-', 1), max(split_part(key, '-', 2)::numeric), number
        from unnest(touched) key group by 1, 2
        on conflict (prefix) do update set high = greatest(kept.high, excluded.high), version = excluded.version;
    insert into {s}.change (seq, ts, author, login, tx, keys, line, sum) values (
        number, moment, line->>'author', line->>'login', line->>'tx', touched, new_line::json, new_sum
    );
    update {s}.head set seq = number, sum = new_sum, ts = moment, schema = coalesce((line->>'schema')::integer, 1);
    perform pg_notify('{channel}', number::text);
end
$append$;
"""

PRESENCE = """
create function {s}.enter(author text, login text, host text, pid integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $enter$
declare
    number integer := (random() * 2147483646)::integer;
begin
    set local synchronous_commit = off;
    perform pg_advisory_lock({presence}, number);
    delete from {s}.session where not exists ({holders});
    insert into {s}.session values (number, author, login, host, pid);
    perform pg_notify('{channel}', '{here}');
    return number;
end
$enter$;

create function {s}.be_at(number integer, place text, edits boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $be_at$
begin
    set local synchronous_commit = off;
    update {s}.session set place = be_at.place, edits = be_at.edits,
        place_since = case when be_at.place <> '' then now() end
    where id = be_at.number
        and exists ({holders} and held.pid in (select pid from pg_stat_activity where usename = session_user));
    perform pg_notify('{channel}', '{here}');
end
$be_at$;
"""
HERE = "here"
"""What is notified when somebody came, or went to another record; a commit notifies its sequence."""

PRESENT = 0x706D6F
"""The first half of the advisory locks that living sessions hold; the second is the `id` in `session`."""
HOLDERS = f"""
    select from pg_catalog.pg_locks held where held.locktype = 'advisory' and held.classid = {PRESENT}
        and held.objid = session.id::oid and held.objsubid = 2
        and held.database = (select oid from pg_catalog.pg_database where datname = current_database())
"""
"""The locks of the living session that a row of `session` tells of."""

GRANTING = """
create function {s}.grant_level(name text, level text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $grant$
begin
    if level not in ('viewer', 'officer', 'admin', 'none')
        or name = (select pg_get_userbyid(nspowner) from pg_namespace where nspname = '{name}')
    then
        raise exception '% cannot be %', name, level using errcode = 'PM002';
    end if;
    execute format('revoke all on schema {s} from %I', name);
    execute format('revoke all on all tables in schema {s} from %I', name);
    execute format('revoke all on all functions in schema {s} from %I', name);
    if level = 'none' then
        return;
    end if;
    execute format('grant usage on schema {s} to %I', name);
    execute format('grant select on all tables in schema {s} to %I', name);
    if level = 'viewer' then
        return;
    end if;
    execute format('grant execute on function {s}.lock(), {s}.append(text, text, jsonb) to %I', name);
    execute format('grant execute on function {s}.enter(text, text, text, integer) to %I', name);
    execute format('grant execute on function {s}.be_at(integer, text, boolean) to %I', name);
    if level = 'admin' then
        execute format('grant insert, update, delete, truncate on all tables in schema {s} to %I', name);
        execute format('grant execute on function {s}.grant_level(text, text) to %I', name);
    end if;
end
$grant$;

revoke all on all functions in schema {s} from public;
revoke all on all tables in schema {s} from public;
"""


def script(schema: str, channel: str) -> str:
    """What makes the tables and functions of an empty store, in a schema that is there."""
    text = f"{TABLES}{NUL}{WRITING}{PRESENCE}{GRANTING}insert into {{s}}.head (layout) values ({LAYOUT});"
    words = {"s": f'"{schema}"', "name": schema, "channel": channel, "presence": str(PRESENT), "holders": HOLDERS}
    words |= {"here": HERE}
    for word, meaning in words.items():
        text = text.replace(f"{{{word}}}", meaning)
    return text

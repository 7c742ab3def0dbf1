-- The audit is append-only but for one door: an entry that is six years old by the database's own clock, is sealed, lies before
-- the end of a purge that was written down, and is held by nobody may be deleted. Nothing of that can be set by whoever asks.
create function audit_deletes_what_is_over() returns trigger language plpgsql as $$
begin
    if old.written < now() - interval '6 years'
        and exists (select 1 from audit_purge p join audit_seal s on s.no = p.up_to where old.written < s.span_to)
        and not exists (
            select 1 from audit_hold h
            where h.released is null
              and (h.patient is null or h.patient_pk = old.patient_pk or h.patient_pk = any (old.patients)))
    then
        return old;
    end if;
    raise exception 'the audit is append-only';
end $$;
drop trigger audit_append_only on audit;
create trigger audit_append_only before update on audit
    for each row execute function audit_is_append_only();
create trigger audit_deletes_what_is_over before delete on audit
    for each row execute function audit_deletes_what_is_over();

create trigger audit_purge_append_only before update or delete on audit_purge
    for each row execute function audit_is_append_only();
create trigger audit_purge_not_emptied before truncate on audit_purge
    for each statement execute function audit_is_append_only();

-- A hold is released once, and is otherwise as it was.
create function audit_hold_is_released_once() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.released is null and new.released is not null
        and (old.id, old.reason, old.since) = (new.id, new.reason, new.since)
        and old.patient is not distinct from new.patient and old.patient_pk is not distinct from new.patient_pk
    then
        return new;
    end if;
    raise exception 'the audit is append-only';
end $$;
create trigger audit_hold_released_once before update or delete on audit_hold
    for each row execute function audit_hold_is_released_once();
create trigger audit_hold_not_emptied before truncate on audit_hold
    for each statement execute function audit_is_append_only();

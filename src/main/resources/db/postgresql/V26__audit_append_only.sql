-- The audit grows and does nothing else, whoever holds the server's account. Whoever owns the tables can take the triggers
-- away; the seals tell of that.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is append-only';
end $$;
create trigger audit_append_only before update or delete on audit
    for each row execute function audit_is_append_only();
create trigger audit_not_emptied before truncate on audit
    for each statement execute function audit_is_append_only();
create trigger audit_seal_append_only before update or delete on audit_seal
    for each row execute function audit_is_append_only();
create trigger audit_seal_not_emptied before truncate on audit_seal
    for each statement execute function audit_is_append_only();

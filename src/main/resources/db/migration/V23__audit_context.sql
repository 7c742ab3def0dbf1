-- Who asked, from where, with which token, what for, and whose records were shown. Where an entry is about one patient,
-- patient_pk names her; where it is about several, patients does. The words of a search can tell of a patient: they are
-- kept encrypted, and a keyed hash tells whether two were alike.
alter table audit add column person varchar(200);
alter table audit add column token_id varchar(100);
alter table audit add column source_address varchar(45);
alter table audit add column request_id uuid;
alter table audit add column patients bigint array;
alter table audit add column query_hash varchar(64);
alter table audit add column query text;

-- The database's own time, at the start of the transaction that wrote the entry: no node sets it, and where no
-- transaction is open that began before a time, no entry before that time can come any more.
alter table audit add column written timestamp(6) with time zone;
update audit set written = recorded;
alter table audit alter column written set default current_timestamp;
alter table audit alter column written set not null;
create index audit_written on audit (written);

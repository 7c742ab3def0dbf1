-- A grant may be about one resource alone, such as a summary that was sent to somebody; null is the whole record.
alter table access_grant add column resource_pk bigint;

-- What the source of a grant justifies. What a Consent leaves of it stands in valid_from and valid_to, which are equal
-- where it leaves nothing.
alter table access_grant add column source_from timestamp(3) with time zone;
alter table access_grant add column source_to timestamp(3) with time zone;
update access_grant set source_from = valid_from, source_to = valid_to;
alter table access_grant alter column source_from set not null;
alter table access_grant alter column source_to set not null;

-- What a patient's Consents say about others' grants. No grantee is everybody but the keeper of the Consent.
create table consent_rule (
    source_pk   bigint      not null,
    patient_pk  bigint      not null,
    grantee     uuid,
    keeper      uuid,
    decision    varchar(10) not null,
    depth       integer     not null,
    valid_from  timestamp(3) with time zone not null,
    valid_to    timestamp(3) with time zone not null
);
create index consent_rule_patient on consent_rule (patient_pk);
create index consent_rule_source on consent_rule (source_pk);

-- Whom a resource is for, where that is not everybody who sees the record: payers alone, or anybody but payers.
alter table resource add column audience varchar(10);
alter table resource_history add column audience varchar(10);

-- Whose numbers an identifier system holds, as the Organizations in the directory say.
create table identifier_namespace (
    system varchar(500) not null,
    owner  uuid         not null,
    primary key (system, owner)
);
-- Patients are their own grantees; those who registered before were not.
insert into access_grant (patient_pk, grantee, role, ground, source_pk, valid_from, valid_to, source_from, source_to)
select pk, fhir_id, 'PATIENT', 'is the patient', pk,
       timestamp with time zone '1900-01-01 00:00:00+00', timestamp with time zone '9999-12-31 00:00:00+00',
       timestamp with time zone '1900-01-01 00:00:00+00', timestamp with time zone '9999-12-31 00:00:00+00'
from resource where type = 'Patient' and not deleted;

-- Patients whose entries in the audit are kept although their years are over: a court asks for them, or may. A hold without a
-- patient keeps everything. Released holds stay.
create table audit_hold (
    id         uuid         not null primary key,
    patient    uuid,
    patient_pk bigint,
    reason     varchar(500) not null,
    since      timestamp(3) with time zone not null,
    released   timestamp(3) with time zone
);

-- What was taken away when its years were over. The seals of what is gone stay; these rows, signed as seals are, say how many
-- of their entries may be missing.
create table audit_purge (
    no        bigint      not null primary key,
    purged    timestamp(3) with time zone not null,
    up_to     bigint      not null,
    removed   bigint      not null,
    held      bigint      not null,
    signature text        not null
);

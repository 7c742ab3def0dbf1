-- Records that a clinic has opened for an hour without treating the patient, each with its reason, to be looked at by a
-- privacy officer. The grant itself stands in access_grant.
create table break_glass (
    id           uuid         not null primary key,
    patient      uuid         not null,
    organization uuid         not null,
    client_id    varchar(100) not null,
    person       varchar(200),
    reason       varchar(500) not null,
    opened       timestamp(3) with time zone not null,
    ends         timestamp(3) with time zone not null,
    reviewed     timestamp(3) with time zone,
    reviewer     varchar(200)
);
create index break_glass_opened on break_glass (opened);

-- The reason stands in the audit too, whole.
alter table audit alter column ground set data type varchar(600);

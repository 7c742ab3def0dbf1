-- Exports that a client has asked for: what of its patients' records, and how far each is. Of the records themselves nothing
-- stands here; a file is read out of the chart while it is downloaded.
create table export_job (
    id           uuid         not null primary key,
    client_id    varchar(100) not null,
    role         varchar(20)  not null,
    organization uuid         not null,
    scopes       text         not null,
    base         varchar(500) not null,
    request      text         not null,
    types        text         not null,
    since        timestamp(3) with time zone,
    until        timestamp(3) with time zone not null,
    state        varchar(20)  not null,
    attempts     integer      not null,
    next_attempt timestamp(3) with time zone not null,
    files        text         not null,
    expires      timestamp(3) with time zone not null
);
create index export_job_client on export_job (client_id, expires);
create index export_job_next on export_job (state, next_attempt);
create index export_job_expires on export_job (expires);

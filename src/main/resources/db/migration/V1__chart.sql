-- The chart store. One script for PostgreSQL and for H2 in PostgreSQL mode (whose bytea ends at 1 MiB).
-- Keys (pk) are internal and never leave the server; fhir_id is the id clients see.

create sequence chart_pk start with 1 increment by 1000;
create sequence commit_seq start with 1 increment by 1;

-- Search parameters get a small number each, so that index rows stay narrow. Filled at start from the declared table.
create table search_param (
    id            smallint     not null primary key,
    resource_type varchar(40)  not null,
    name          varchar(60)  not null,
    unique (resource_type, name)
);

create table resource (
    pk            bigint       not null primary key,
    type          varchar(40)  not null,
    fhir_id       uuid         not null unique,
    version       integer      not null,
    last_updated  timestamp(3) with time zone not null,
    seq           bigint       not null,
    deleted       boolean      not null,
    patient_pk    bigint,
    owner         uuid,
    owner_role    varchar(20)  not null,
    released      boolean      not null,
    sensitive     boolean      not null,
    happened      timestamp(3) with time zone,
    body          bytea        not null,
    payer_body    bytea
);
create index resource_patient on resource (patient_pk, type, happened);
create index resource_type on resource (type, last_updated);
create index resource_owner on resource (owner, type);

create table resource_history (
    pk            bigint       not null,
    type          varchar(40)  not null,
    fhir_id       uuid         not null,
    version       integer      not null,
    last_updated  timestamp(3) with time zone not null,
    seq           bigint       not null,
    deleted       boolean      not null,
    patient_pk    bigint,
    owner         uuid,
    owner_role    varchar(20)  not null,
    released      boolean      not null,
    sensitive     boolean      not null,
    happened      timestamp(3) with time zone,
    body          bytea        not null,
    payer_body    bytea,
    primary key (pk, version)
);
create index resource_history_id on resource_history (fhir_id, version);

create table index_token (
    resource_pk bigint       not null,
    patient_pk  bigint,
    param       smallint     not null,
    system      varchar(500),
    code        varchar(500) not null
);
create index index_token_value on index_token (param, code, patient_pk, resource_pk);
create index index_token_resource on index_token (resource_pk, param);

create table index_reference (
    resource_pk bigint      not null,
    patient_pk  bigint,
    param       smallint    not null,
    target_type varchar(40) not null,
    target_pk   bigint      not null
);
create index index_reference_target on index_reference (target_pk, param, resource_pk);
create index index_reference_resource on index_reference (resource_pk, param);

create table index_date (
    resource_pk bigint   not null,
    patient_pk  bigint,
    param       smallint not null,
    low         timestamp(3) with time zone not null,
    high        timestamp(3) with time zone not null
);
create index index_date_value on index_date (param, low, resource_pk);
create index index_date_resource on index_date (resource_pk, param);

create table index_quantity (
    resource_pk bigint         not null,
    patient_pk  bigint,
    param       smallint       not null,
    amount      numeric(38, 12) not null,
    system      varchar(500),
    code        varchar(100)
);
create index index_quantity_value on index_quantity (param, amount, resource_pk);
create index index_quantity_resource on index_quantity (resource_pk, param);

create table index_string (
    resource_pk bigint       not null,
    patient_pk  bigint,
    param       smallint     not null,
    folded      varchar(300) not null,
    exact       varchar(300) not null
);
create index index_string_value on index_string (param, folded, resource_pk);
create index index_string_resource on index_string (resource_pk, param);

create table index_uri (
    resource_pk bigint       not null,
    patient_pk  bigint,
    param       smallint     not null,
    uri         varchar(1000) not null
);
create index index_uri_value on index_uri (param, uri, resource_pk);
create index index_uri_resource on index_uri (resource_pk, param);

-- A claim makes a conditional create race-free: one row per sender and key, whoever comes first.
create table claim (
    owner       uuid         not null,
    claim_key   varchar(700) not null,
    resource_pk bigint       not null,
    fhir_id     uuid         not null,
    patient_pk  bigint,
    primary key (owner, claim_key)
);
create index claim_resource on claim (resource_pk);

-- Who may see which patient, on what ground, from when to when. Compiled into every query.
create table access_grant (
    patient_pk bigint      not null,
    grantee    uuid        not null,
    role       varchar(20) not null,
    ground     varchar(60) not null,
    source_pk  bigint      not null,
    valid_from timestamp(3) with time zone not null,
    valid_to   timestamp(3) with time zone not null
);
create index access_grant_patient on access_grant (patient_pk, grantee, role);
create index access_grant_grantee on access_grant (grantee, role, patient_pk);
create index access_grant_source on access_grant (source_pk);

create table audit (
    id            bigint      not null primary key,
    recorded      timestamp(3) with time zone not null,
    client_id     varchar(100) not null,
    organization  uuid,
    role          varchar(20) not null,
    interaction   varchar(40) not null,
    resource_type varchar(40),
    fhir_id       uuid,
    version       integer,
    patient_pk    bigint,
    resources     integer     not null,
    outcome       varchar(20) not null,
    ground        varchar(100)
);
create index audit_patient on audit (patient_pk, recorded);
create index audit_client on audit (client_id, recorded);

-- What a person has granted to an app. Codes and refresh tokens are kept as hashes alone.
create table identity_grant (
    id         varchar(36)  not null primary key,
    client_id  varchar(100) not null,
    login      varchar(100) not null,
    content    text         not null,
    code_hash  varchar(64)  not null unique,
    code_until bigint       not null,
    code_used  bigint,
    granted    bigint       not null,
    used       bigint       not null,
    until      bigint       not null,
    ended      bigint
);
create index identity_grant_login on identity_grant (login);
create index identity_grant_until on identity_grant (until);

-- Every refresh token of a grant; all but the last are used, and one that comes again ends the grant.
create table identity_refresh (
    hash     varchar(64) not null primary key,
    grant_id varchar(36) not null,
    until    bigint      not null,
    used     bigint
);
create index identity_refresh_grant on identity_refresh (grant_id);
create index identity_refresh_until on identity_refresh (until);

-- What an EHR has open when it launches an app: used once, by one person and one app.
create table identity_launch (
    hash    varchar(64) not null primary key,
    content text        not null,
    until   bigint      not null
);
create index identity_launch_until on identity_launch (until);

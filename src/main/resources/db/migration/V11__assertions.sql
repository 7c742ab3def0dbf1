-- Assertions that clients have used to prove themselves: each counts once. The unique key decides between two at a time.
create table identity_assertion (
    client_id varchar(100) not null,
    jti_hash  varchar(64)  not null,
    until     bigint       not null,
    primary key (client_id, jti_hash)
);
create index identity_assertion_until on identity_assertion (until);

-- Tokens and grants that were taken back before their time: jti of an access token, or id of a grant.
create table identity_denied (
    id    varchar(100) not null primary key,
    until bigint       not null
);
create index identity_denied_until on identity_denied (until);
